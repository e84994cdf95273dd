import { days, lastDays, shortNumber, usageSeries } from './usage-series';

test('days without use are in the series', () => {
  const meter = { points: [{ at: '2026-11-02', quantity: 7 }] };
  expect(usageSeries(meter, '2026-11-01', '2026-11-03')).toEqual([
    { label: '2026-11-01', value: 0 },
    { label: '2026-11-02', value: 7 },
    { label: '2026-11-03', value: 0 },
  ]);
});

test('days run over the end of a month, and a span that ends before it begins has none', () => {
  expect(days('2026-11-29', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01']);
  expect(days('2026-11-29', '2026-11-01')).toEqual([]);
});

test('the last days end today', () => {
  expect(lastDays(new Date('2026-11-28T23:30:00Z'), 30)).toEqual({ from: '2026-10-30', to: '2026-11-28' });
});

test.each([
  [0, '0'],
  [0.25, '0.25'],
  [950, '950'],
  [12_345, '12.3k'],
  [4_200_000, '4.2M'],
  [3_000_000_000, '3G'],
])('%d is short as %s', (amount, text) => {
  expect(shortNumber(amount)).toBe(text);
});
