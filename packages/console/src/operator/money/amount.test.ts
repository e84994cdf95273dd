import { dollars, lastMonths, money } from './amount';

test.each([
  ['0.000000000', '$0'],
  ['1234.500000000', '$1,234.50'],
  ['0.000012300', '$0.000012'],
  ['-3.000000000', '-$3.00'],
])('%s reads as %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});

test('an invoice is in the smallest unit of its currency, whatever that is', () => {
  expect(money(4900, 'USD')).toBe('$49.00');
  expect(money(4900, 'JPY')).toBe('¥4,900');
});

test('months are counted back over the turn of the year', () => {
  expect(lastMonths(new Date('2027-02-28T23:59:59Z'), 4)).toEqual([
    '2027-02',
    '2027-01',
    '2026-12',
    '2026-11',
  ]);
});
