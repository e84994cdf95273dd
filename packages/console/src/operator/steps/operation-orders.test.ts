import { currentStep, isUnderWay, operationOrders } from './operation-orders';

test.each([
  ['onboarding', 'failed', ['retry', 'cancel']],
  ['onboarding', 'running', []],
  ['move', 'waiting', ['confirm', 'cancel']],
  ['offboarding', 'waiting', ['confirm', 'cancel']],
  ['offboarding', 'running', ['cancel']],
  ['plan-change', 'succeeded', []],
  ['move', 'compensating', []],
] as const)('an operation of kind %s that is %s takes %j', (kind, status, orders) => {
  expect(operationOrders({ kind, status })).toEqual(orders);
});

test('an operation is where a step failed, runs or waits', () => {
  const steps = [
    { step: 'validate', status: 'succeeded', attempts: 1 },
    { step: 'provision', status: 'failed', attempts: 6 },
    { step: 'activate', status: 'pending', attempts: 0 },
  ] as const;
  expect(currentStep({ steps: [...steps] })).toBe('provision');
  expect(currentStep({ steps: [] })).toBeUndefined();
});

test('only what has not ended is looked at again', () => {
  expect(['pending', 'running', 'waiting', 'compensating'].every(isUnderWay)).toBe(true);
  expect(['succeeded', 'failed', 'compensated', 'rejected'].some(isUnderWay)).toBe(false);
});
