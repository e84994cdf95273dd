import { InvalidRequestProblem } from '@granary/api';
import fc from 'fast-check';
import { orderTotal } from './total';

const cents = fc.integer({ min: 0, max: 1_000_000_000 });
const quantity = fc.integer({ min: 1, max: 10_000 });

it.each([
  { lines: [], total: 0 },
  { lines: [{ quantity: 3, price: 0.1 }], total: 0.3 },
  {
    lines: [
      { quantity: 1, price: 0.1 },
      { quantity: 1, price: 0.2 },
    ],
    total: 0.3,
  },
  { lines: [{ quantity: 3, price: 1.1 }], total: 3.3 },
  { lines: [{ quantity: 100, price: 1.15 }], total: 115 },
  { lines: [{ quantity: 1, price: 1.005 }], total: 1 },
  { lines: [{ quantity: 9_999, price: 1_000_000_000 }], total: 9_999_000_000_000 },
])('adds $lines up to $total', ({ lines, total }) => {
  expect(orderTotal(lines)).toBe(total);
});

it('is what whole cents add up to, for any prices and quantities', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(quantity, cents), { maxLength: 50 }), (lines) => {
      const exact = lines.reduce((sum, [count, price]) => sum + BigInt(count) * BigInt(price), 0n);
      fc.pre(exact <= 999_999_999_999_999n);
      const total = orderTotal(lines.map(([count, price]) => ({ quantity: count, price: price / 100 })));
      expect(BigInt(Math.round(total * 100))).toBe(exact);
      expect(total).toBe(Number(`${exact / 100n}.${String(exact % 100n).padStart(2, '0')}`));
    }),
  );
});

it('refuses a sum of which not every cent can be told', () => {
  const lines = [{ quantity: 100_000, price: 1_000_000_000 }];
  expect(() => orderTotal(lines)).toThrow(InvalidRequestProblem);
  expect(() => orderTotal(lines)).toThrow('body /orderProducts: add up to more than 9999999999999.99');
});
