import type { ServiceHandler } from '@granary/auth';
import { callGateway, QUIET } from '../gateway-call';

const before = { ...process.env };

// The environment is read once, when the file is loaded.
async function load(environment: Readonly<Record<string, string>>): Promise<ServiceHandler> {
  Object.assign(process.env, environment);
  jest.resetModules();
  return (await import('./handler')).handler;
}

afterEach(() => {
  process.env = { ...before };
});

it('says that it runs', async () => {
  const handler = await load({
    ...QUIET,
    ORDER_TABLE_NAME: 'orders',
    PRODUCT_TABLE_NAME: 'products',
    TIER_SHARDS: '{"basic":4}',
  });
  expect(await callGateway(handler, { method: 'GET', resource: '/health/order' })).toMatchObject({
    status: 200,
    body: { service: 'order', status: 'ok' },
  });
});

it('does not start without its environment, and names all that is missing', async () => {
  await expect(load({})).rejects.toThrow(
    'ORDER_TABLE_NAME is missing; PRODUCT_TABLE_NAME is missing; TIER_SHARDS is missing',
  );
});
