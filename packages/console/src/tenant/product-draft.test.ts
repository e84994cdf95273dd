import { amountOf, amountText, checkProduct, EMPTY_PRODUCT } from './product-draft';

const DRAFT = { name: ' Barley ', sku: 'b-1', category: 'grain', price: '1,5' };

test('a product is sent as the API takes it', () => {
  expect(checkProduct(DRAFT)).toEqual({
    input: { name: 'Barley', sku: 'b-1', category: 'grain', price: 1.5 },
    faults: {},
  });
});

test('every field that is wrong is named', () => {
  expect(Object.keys(checkProduct(EMPTY_PRODUCT).faults).sort()).toEqual([
    'category',
    'name',
    'price',
    'sku',
  ]);
  expect(Object.keys(checkProduct({ ...DRAFT, price: '1.234' }).faults)).toEqual(['price']);
});

test.each([
  ['1', 1],
  ['0.10', 0.1],
  ['19.99', 19.99],
  [' 2,5 ', 2.5],
  ['1.234', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['', undefined],
])('the price "%s" is %s', (text, amount) => {
  expect(amountOf(text)).toBe(amount);
});

test('an amount has two places', () => {
  expect(amountText(1234.5)).toBe('1,234.50');
});
