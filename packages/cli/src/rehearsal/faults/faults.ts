import type { Fault } from '../fault';
import { failingReads } from './failing-reads';

/** Every fault that can be rehearsed. */
export const FAULTS: readonly Fault[] = [failingReads];
