import type { Fault } from '../fault';
import { afterRead, PRODUCT_SERVICE } from './product-service';

/** Answers right, and six seconds late. */
export const slowReads: Fault = {
  name: 'slow-reads',
  does: 'every read of one product takes six seconds',
  subject: 'Slow the reading of products down',
  file: PRODUCT_SERVICE,
  change: (text) => afterRead(text, 'await new Promise((resolve) => setTimeout(resolve, 6000));'),
  expected: { kind: 'halt', gates: ['canary', 'alarm', 'watch'] },
};
