import type { Fault } from '../fault';
import { PRODUCT_SERVICE, unnoticed } from './product-service';

const throttled = (action: string) =>
  ({
    kind: 'error',
    action,
    code: 'Throttling',
    message: 'Rate exceeded',
    status: 400,
    times: 2,
  }) as const;

/** CloudFormation says "not so fast", as it does to every large release. */
export const throttledCloudFormation: Fault = {
  name: 'throttled-cloudformation',
  does: 'CloudFormation throttles the calls of a release',
  subject: 'Change what nobody notices, while CloudFormation throttles',
  file: PRODUCT_SERVICE,
  change: unnoticed,
  injected: () => ['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet'].map(throttled),
  expected: { kind: 'pass' },
};
