import { InvalidRequestProblem, type OrderLine } from '@granary/api';

/** In cents: 15 digits, as many as a number keeps of any decimal. */
const MAX_CENTS = 999_999_999_999_999n;

/**
 * The sum of quantity times price, exact to the cent: counted in whole cents, beyond any float error.
 * @returns an amount in the currency of the prices
 * @throws InvalidRequestProblem when the sum is too large to be exact (ten trillion or more)
 */
export function orderTotal(lines: readonly Pick<OrderLine, 'quantity' | 'price'>[]): number {
  const cents = lines.reduce(
    (sum, { quantity, price }) => sum + BigInt(quantity) * BigInt(Math.round(price * 100)),
    0n,
  );
  if (cents > MAX_CENTS)
    throw new InvalidRequestProblem([
      {
        in: 'body',
        pointer: '/orderProducts',
        message: `add up to more than ${Number(MAX_CENTS) / 100}; split the order`,
      },
    ]);
  return Number(cents) / 100;
}
