import { duration, elapsed } from './time';

test.each([
  [0, '0.0 s'],
  [-5, '0.0 s'],
  [1234, '1.2 s'],
  [59_949, '59.9 s'],
  [59_960, '1 m 00 s'],
  [185_000, '3 m 05 s'],
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

test('what has not begun has no duration; what has not ended lasts until now', () => {
  const from = '2026-11-24T00:00:00.000Z';
  expect(elapsed(undefined, undefined, 0)).toBeUndefined();
  expect(elapsed(from, '2026-11-24T00:00:02.000Z', 0)).toBe(2000);
  expect(elapsed(from, undefined, Date.parse(from) + 500)).toBe(500);
});
