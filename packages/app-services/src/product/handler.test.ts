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
  const handler = await load({ ...QUIET, PRODUCT_TABLE_NAME: 'products', TIER_SHARDS: '{"basic":4}' });
  expect(await callGateway(handler, { method: 'GET', resource: '/health/product' })).toMatchObject({
    status: 200,
    body: { service: 'product', status: 'ok' },
  });
});

it('does not start without its environment, and names all that is missing', async () => {
  await expect(load({})).rejects.toThrow('PRODUCT_TABLE_NAME is missing; TIER_SHARDS is missing');
});
