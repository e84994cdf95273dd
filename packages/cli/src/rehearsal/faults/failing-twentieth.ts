import type { Fault } from '../fault';
import { afterRead, PRODUCT_SERVICE } from './product-service';

/** Fails every fifth read, which is one in twenty of a canary's requests: too few to be seen by hand. */
export const failingTwentieth: Fault = {
  name: 'failing-twentieth',
  does: '5 % of the requests answer 500',
  subject: 'Break every fifth reading of a product',
  file: PRODUCT_SERVICE,
  change: (text) => {
    const changed = afterRead(
      text,
      "reads += 1;\n      if (reads % 5 === 0) throw new TypeError('a fault that shows now and then');",
    );
    return changed === text ? text : `${changed}\nlet reads = 0;\n`;
  },
  expected: { kind: 'halt', gates: ['canary', 'alarm'] },
};
