import { callGateway, QUIET } from '../gateway-call';

const before = { ...process.env };

afterEach(() => {
  process.env = before;
});

it('starts without settings and says that it runs', async () => {
  process.env = { ...before, ...QUIET };
  const { handler } = await import('./handler');
  expect(await callGateway(handler, { method: 'GET', resource: '/health/usage' })).toMatchObject({
    status: 200,
    body: { service: 'usage', status: 'ok' },
  });
});
