import { shareOf, timeUntil } from './usage-text';

test.each([
  [0, 1000, 0, 'plenty'],
  [799, 1000, 79, 'plenty'],
  [800, 1000, 80, 'little'],
  [999, 1000, 99, 'little'],
  [1000, 1000, 100, 'none'],
  [1200, 1000, 100, 'none'],
])('%i of %i requests are %i %%: %s', (used, requestsPerDay, percent, level) => {
  const left = Math.max(0, requestsPerDay - used);
  const quota = { requestsPerDay, used, left, resetsAt: '2026-11-25T00:00:00.000Z' };
  expect(shareOf({ quota })).toEqual({ percent, level });
});

test.each([
  ['2026-11-24T20:55:00.000Z', 'in 3 hours 5 minutes'],
  ['2026-11-24T22:59:30.000Z', 'in 1 hour 1 minute'],
  ['2026-11-24T23:59:59.000Z', 'in 1 minute'],
  ['2026-11-25T00:00:10.000Z', 'in 1 minute'],
])('at %s the next share begins %s', (now, text) => {
  expect(timeUntil('2026-11-25T00:00:00.000Z', Date.parse(now))).toBe(text);
});
