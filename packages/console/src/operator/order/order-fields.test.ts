import { initialValues, isTyped, type OrderField, orderFaults, REASON } from './order-fields';

const MINUTES: OrderField = {
  name: 'minutes',
  label: 'Minutes',
  kind: 'number',
  least: 5,
  most: 60,
  initial: '30',
};
const MODE: OrderField = {
  name: 'mode',
  label: 'Mode',
  kind: 'choice',
  options: [
    { value: 'all', label: 'All' },
    { value: 'failed', label: 'Failed' },
  ],
};
const CELL: OrderField = { name: 'cell', label: 'Cell', kind: 'text', optional: true };

test('fields begin with what they are given, a choice with its first', () => {
  expect(initialValues([MINUTES, MODE, REASON])).toEqual({ minutes: '30', mode: 'all', reason: '' });
});

test.each([
  ['no reason', { reason: '  ' }, ['reason']],
  ['a reason too short to tell anything', { reason: 'x' }, ['reason']],
  ['a time out of its bounds', { minutes: '61' }, ['minutes']],
  ['a time that is no number', { minutes: 'soon' }, ['minutes']],
  ['nothing wrong', {}, []],
])('an order with %s is held back there', (_, wrong, faults) => {
  const values = { reason: 'the canary is red', minutes: '30', cell: '', ...wrong };
  expect(Object.keys(orderFaults([REASON, MINUTES, CELL], values))).toEqual(faults);
});

test('who must type a name has to type that name', () => {
  expect(isTyped('', undefined)).toBe(true);
  expect(isTyped('Acme ', 'Acme')).toBe(true);
  expect(isTyped('acme', 'Acme')).toBe(false);
});
