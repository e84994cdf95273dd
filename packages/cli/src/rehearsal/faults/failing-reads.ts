import type { Fault } from '../fault';
import { afterRead, PRODUCT_SERVICE } from './product-service';

/** Builds, passes its types, answers its health checks, and fails whoever reads a product. */
export const failingReads: Fault = {
  name: 'failing-reads',
  does: 'every read of one product answers 500',
  subject: 'Break the reading of products',
  file: PRODUCT_SERVICE,
  change: (text) =>
    afterRead(text, "if (product) throw new TypeError('a fault that no test of the service met');"),
  expected: { kind: 'halt', gates: ['canary', 'alarm'] },
};
