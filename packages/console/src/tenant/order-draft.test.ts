import { checkOrder, EMPTY_ORDER, withChangedLine, withLine, withoutLine } from './order-draft';

const productId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

test('an order is sent as the API takes it', () => {
  const draft = withChangedLine({ ...EMPTY_ORDER, orderName: 'Spring' }, 1, { productId, quantity: ' 3 ' });
  expect(checkOrder(draft).input).toEqual({
    orderName: 'Spring',
    orderProducts: [{ productId, quantity: 3 }],
  });
});

test.each([
  ['without a name and a product', EMPTY_ORDER, ['orderName', 'orderProducts']],
  ['without lines', { orderName: 'x', lines: [] }, ['orderProducts']],
  [
    'of half a product',
    { orderName: 'x', lines: [{ key: 1, productId, quantity: '0.5' }] },
    ['orderProducts'],
  ],
  ['of none', { orderName: 'x', lines: [{ key: 1, productId, quantity: '0' }] }, ['orderProducts']],
])('an order %s is not sent', (_, draft, wrong) => {
  expect(Object.keys(checkOrder(draft).faults).sort()).toEqual(wrong);
});

test('lines come and go without being mixed up', () => {
  const three = withLine(withLine(EMPTY_ORDER));
  const two = withoutLine(three, 2);
  expect(two.lines.map(({ key }) => key)).toEqual([1, 3]);
  expect(withLine(two).lines.map(({ key }) => key)).toEqual([1, 3, 4]);
});
