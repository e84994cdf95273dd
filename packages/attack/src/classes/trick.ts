import type { Attempt } from '../attempt';
import type { RawRequest } from '../http';

/** A request that the parts on the way may read differently, and what must become of it. */
export type Trick = readonly [
  name: string,
  expected: Attempt['expected'],
  request: Omit<RawRequest, 'baseUrl'>,
];
