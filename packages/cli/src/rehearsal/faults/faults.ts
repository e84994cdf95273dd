import type { Fault } from '../fault';
import { expiredCredential } from './expired-credential';
import { failingReads } from './failing-reads';
import { failingSilo, failingTemplate } from './failing-template';
import { failingTwentieth } from './failing-twentieth';
import { killedRunner } from './killed-runner';
import { slowReads } from './slow-reads';
import { stuckStack } from './stuck-stack';
import { throttledCloudFormation } from './throttled-cloudformation';

/** Every fault that can be rehearsed. */
export const FAULTS: readonly Fault[] = [
  failingReads,
  failingTwentieth,
  slowReads,
  failingTemplate,
  failingSilo,
  stuckStack,
  expiredCredential,
  throttledCloudFormation,
  killedRunner,
];
