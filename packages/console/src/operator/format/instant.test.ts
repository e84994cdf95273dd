import { instant, seconds, span } from './instant';

test('an instant is told in UTC, and a missing one is a dash', () => {
  expect(instant('2026-11-28T13:35:02.000Z')).toBe('28 Nov 2026, 13:35:02 UTC');
  expect(instant(undefined)).toBe('–');
});

test.each([
  [0, '0 s'],
  [9.4, '9 s'],
  [250, '4 min 10 s'],
  [3600, '1 h'],
  [93_784, '1 d 2 h'],
])('%d seconds read as %s', (amount, text) => {
  expect(span(amount)).toBe(text);
});

test('what has not ended has no duration', () => {
  expect(seconds('2026-11-28T13:35:00Z', '2026-11-28T13:35:05Z')).toBe(5);
  expect(seconds('2026-11-28T13:35:00Z', undefined)).toBeUndefined();
});
