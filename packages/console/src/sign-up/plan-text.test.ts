import { limitsText, planName, priceText } from './plan-text';

const requests = { requests: { unit: 1000, amount: 0.03 } };

test.each([
  ['nothing', undefined, 'Free of charge'],
  ['nothing at all', { currency: 'USD', monthly: 0, usage: {} }, 'Free of charge'],
  ['a month', { currency: 'USD', monthly: 499, usage: {} }, '$499 a month'],
  ['use', { currency: 'USD', monthly: 0, usage: requests }, '$0.03 for 1,000 requests'],
  [
    'both',
    { currency: 'EUR', monthly: 29.5, usage: requests },
    '€29.50 a month and €0.03 for 1,000 requests',
  ],
  [
    'a meter that no page knows',
    { currency: 'USD', monthly: 0, usage: { widgets: { unit: 1, amount: 2 } } },
    '$2 for 1 widgets',
  ],
])('a plan that costs %s says so', (_, price, text) => {
  expect(priceText({ price })).toBe(text);
});

test('limits are told as a day, a second and a moment', () => {
  const limits = { throttle: { burst: 50, rate: 20 }, quota: { requestsPerDay: 10_000 } };
  expect(limitsText({ limits })).toBe('10,000 requests a day, 20 a second, 50 at once');
});

test('a tier is named as a plan', () => {
  expect(planName('extra-large')).toBe('Extra large');
});
