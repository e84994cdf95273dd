import type { Fault } from '../fault';
import { PRODUCT_SERVICE, unnoticed } from './product-service';

/** The machine that carries the release out dies without a word. */
export const killedRunner: Fault = {
  name: 'killed-runner',
  does: 'the process that carries the release out is killed in the middle of it',
  subject: 'Change what nobody notices, with a runner that is killed',
  file: PRODUCT_SERVICE,
  change: unnoticed,
  kills: true,
  expected: { kind: 'pass' },
};
