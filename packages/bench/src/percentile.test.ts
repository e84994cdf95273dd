import * as fc from 'fast-check';
import { percentile } from './percentile';

test.each([
  [[5], 50, 5],
  [[1, 2, 3, 4], 50, 2],
  [[4, 3, 2, 1], 75, 3],
  [[1, 2, 3, 4], 100, 4],
  [[1, 2, 3, 4], 0, 1],
])('of %j the %d th is %d', (sample, rank, expected) => {
  expect(percentile(sample, rank)).toBe(expected);
});

test('is a member of the sample and grows with its rank', () =>
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 0, max: 99 }), (sample, rank) => {
      expect(sample).toContain(percentile(sample, rank));
      expect(percentile(sample, rank)).toBeLessThanOrEqual(percentile(sample, rank + 1));
    }),
  ));

test.each([
  [[], 50],
  [[1], 101],
  [[1], Number.NaN],
])('refuses %j at %d', (sample, rank) => {
  expect(() => percentile(sample, rank)).toThrow(RangeError);
});
