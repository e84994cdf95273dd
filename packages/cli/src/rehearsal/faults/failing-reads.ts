import type { Fault } from '../fault';

const FOUND = 'const product = await table.find(productId);';

/** Builds, passes its types, answers its health checks, and fails whoever reads a product. */
export const failingReads: Fault = {
  name: 'failing-reads',
  does: 'every read of one product answers 500',
  subject: 'Break the reading of products',
  file: 'packages/app-services/src/product/service.ts',
  change: (text) =>
    text.replace(
      FOUND,
      `${FOUND}\n      if (product) throw new TypeError('a fault that no test of the service met');`,
    ),
  gates: ['canary', 'alarm'],
};
