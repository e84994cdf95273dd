import type { Fault } from '../fault';
import { lastCell } from './last-cell';
import { PRODUCT_SERVICE, unnoticed } from './product-service';

/** A session ends while a stack is being changed with it. */
export const expiredCredential: Fault = {
  name: 'expired-credential',
  does: 'a session of one account expires in the middle of a deployment',
  subject: 'Change what nobody notices, with a session that ends',
  file: PRODUCT_SERVICE,
  change: unnoticed,
  injected: (manifest) => [
    {
      kind: 'error',
      action: 'CreateChangeSet',
      account: lastCell(manifest).account,
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
      status: 403,
      times: 1,
    },
  ],
  expected: { kind: 'halt', gates: ['deployment'] },
};
