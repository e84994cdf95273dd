import { InvalidRequestProblem } from '@granary/api';
import fc from 'fast-check';
import { ulid } from 'ulidx';
import { soldLines } from './lines';

const [WHEAT, RYE, NONE] = [ulid(1), ulid(2), ulid(3)];
const CATALOGUE = new Map([
  [WHEAT, { name: 'wheat', price: 12.5 }],
  [RYE, { name: 'rye', price: 9.99 }],
]);

function violationsOf(asked: Parameters<typeof soldLines>[0]) {
  try {
    return soldLines(asked, CATALOGUE);
  } catch (error) {
    return (error as InvalidRequestProblem).violations.map(({ pointer }) => pointer);
  }
}

it('a line keeps the name and the price of its product', () => {
  expect(soldLines([{ productId: RYE, quantity: 2 }], CATALOGUE)).toEqual([
    { productId: RYE, quantity: 2, name: 'rye', price: 9.99 },
  ]);
});

it('every line whose product is unknown is pointed at', () => {
  const asked = [NONE, WHEAT, NONE].map((productId) => ({ productId, quantity: 1 }));
  expect(() => soldLines(asked, CATALOGUE)).toThrow(InvalidRequestProblem);
  expect(violationsOf(asked)).toEqual(['/orderProducts/0/productId', '/orderProducts/2/productId']);
});

it('a product that is named twice has one line, where it is first named', () => {
  const asked = [
    { productId: WHEAT, quantity: 2 },
    { productId: RYE, quantity: 1 },
    { productId: WHEAT, quantity: 3 },
  ];
  expect(soldLines(asked, CATALOGUE).map(({ productId, quantity }) => [productId, quantity])).toEqual([
    [WHEAT, 5],
    [RYE, 1],
  ]);
});

it('lines that bring a product beyond the largest quantity are pointed at', () => {
  const asked = [
    { productId: WHEAT, quantity: 100_000 },
    { productId: WHEAT, quantity: 1 },
  ];
  expect(violationsOf(asked)).toEqual(['/orderProducts/1/quantity']);
});

it('sells as many of each product as the lines ask for together', () => {
  const line = fc.record({
    productId: fc.constantFrom(WHEAT, RYE),
    quantity: fc.integer({ min: 1, max: 2000 }),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), (asked) => {
      const sum = (lines: typeof asked, id: string) =>
        lines
          .filter(({ productId }) => productId === id)
          .reduce((total, { quantity }) => total + quantity, 0);
      const sold = soldLines(asked, CATALOGUE);
      expect(new Set(sold.map(({ productId }) => productId)).size).toBe(sold.length);
      for (const id of [WHEAT, RYE]) expect(sum(sold, id)).toBe(sum(asked, id));
    }),
  );
});
