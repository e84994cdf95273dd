import { EnvironmentError, parseEnvironment } from '@granary/auth';
import { orderEnvironmentSchema, shardsOf, UnknownTierError } from './environment';

const WHOLE = {
  ORDER_TABLE_NAME: 'orders',
  PRODUCT_TABLE_NAME: 'products',
  TIER_SHARDS: '{"basic":1,"premium":8}',
};

it('reads the tables and the shards of each tier', () => {
  expect(parseEnvironment(orderEnvironmentSchema, { ...WHOLE, PATH: '/bin' })).toEqual({
    ORDER_TABLE_NAME: 'orders',
    PRODUCT_TABLE_NAME: 'products',
    TIER_SHARDS: { basic: 1, premium: 8 },
  });
});

it('lists all that is missing at once', () => {
  const parsing = () => parseEnvironment(orderEnvironmentSchema, {});
  expect(parsing).toThrow(EnvironmentError);
  expect(parsing).toThrow(
    'ORDER_TABLE_NAME is missing; PRODUCT_TABLE_NAME is missing; TIER_SHARDS is missing; correct',
  );
});

it.each([
  '',
  'basic=1',
  '[]',
  '{"basic":0}',
  '{"basic":65}',
  '{"basic":"4"}',
  '{"Ba sic":4}',
  '{"basic":1.5}',
])('refuses the shards %j', (shards) => {
  expect(() => parseEnvironment(orderEnvironmentSchema, { ...WHOLE, TIER_SHARDS: shards })).toThrow(
    /wrong environment: TIER_SHARDS/,
  );
});

it('refuses a tier that the deployment was not told of, even one that every object has', () => {
  expect(shardsOf({ basic: 4 }, 'basic')).toBe(4);
  expect(() => shardsOf({ basic: 4 }, 'gold')).toThrow(UnknownTierError);
  expect(() => shardsOf({ basic: 4 }, 'constructor')).toThrow('TIER_SHARDS has no tier "constructor"');
});
