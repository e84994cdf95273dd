import { type Manifest, planRollout } from '@granary/manifest';
import type { Fault } from '../fault';
import { PRODUCT_SERVICE, unnoticed } from './product-service';

/** A stack that can go neither on nor back, as after a rollback that failed. */
export const stuckStack: Fault = {
  name: 'stuck-stack',
  does: 'the stack of a silo is in UPDATE_ROLLBACK_FAILED, and cannot be brought out of it',
  subject: 'Change what nobody notices, while a stack is stuck',
  file: PRODUCT_SERVICE,
  change: unnoticed,
  injected: (manifest) => {
    const { account, region, stackName } = firstSilo(manifest);
    return [
      { kind: 'stack-status', account, region, stackName, status: 'UPDATE_ROLLBACK_FAILED' },
      {
        kind: 'error',
        action: 'ContinueUpdateRollback',
        account,
        code: 'ValidationError',
        message: 'the resource that failed is still there',
        status: 400,
        times: 1000,
      },
    ];
  },
  expected: { kind: 'halt', gates: ['deployment'], rollback: 'refused' },
};

function firstSilo(manifest: Manifest) {
  const [silo] = planRollout(manifest).waves.flatMap(({ tenants }) => tenants);
  if (!silo) throw new RangeError('the manifest has no silo tenant whose stack could be stuck');
  return silo;
}
