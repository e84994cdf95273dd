import { USAGE_ROUTES } from '@granary/api';
import { applicationHandler } from '@granary/auth';
import { callGateway, quietTelemetry } from '../gateway-call';
import type { KeptReading } from './kept-usage';
import { usageOperations } from './operations';

const AT = Date.UTC(2026, 0, 31, 23, 59, 59);
const READING = { throttle: { burst: 5, rate: 2 }, quota: { requestsPerDay: 10 }, used: 4 };

function service(answer: () => KeptReading | undefined = () => ({ reading: READING, at: AT - 1000 })) {
  const asked: string[][] = [];
  const usageOf = async (...place: [string, string]) => {
    asked.push(place);
    return answer();
  };
  const operations = usageOperations({ usageOf, now: () => AT });
  const handler = applicationHandler({
    service: 'usage',
    routes: USAGE_ROUTES,
    operations,
    telemetry: quietTelemetry('usage'),
  });
  return { asked, handler };
}

it.each(['TenantAdmin', 'TenantUser'])('a %s sees limits, use and rest of today', async (role) => {
  const { asked, handler } = service();
  const call = { method: 'GET', resource: '/usage', role, usageKeyId: 'k1' };
  expect(await callGateway(handler, call)).toMatchObject({
    status: 200,
    body: {
      day: '2026-01-31',
      tier: 'basic',
      throttle: { burst: 5, rate: 2 },
      quota: { requestsPerDay: 10, used: 4, left: 6, resetsAt: '2026-02-01T00:00:00.000Z' },
      asOf: '2026-01-31T23:59:58.000Z',
    },
  });
  expect(asked).toEqual([['k1', '2026-01-31']]);
});

it('a caller cannot ask for another key', async () => {
  const { asked, handler } = service();
  const query = { keyId: 'k2', usageKeyId: 'k2' };
  await callGateway(handler, { method: 'GET', resource: '/usage', usageKeyId: 'k1', query });
  expect(asked.flat()).not.toContain('k2');
});

it('nothing is left once a lowered quota is below what was used', async () => {
  const { handler } = service(() => ({ reading: { ...READING, used: 11 }, at: AT }));
  const { body } = await callGateway(handler, { method: 'GET', resource: '/usage', usageKeyId: 'k1' });
  expect(body.quota).toMatchObject({ used: 11, left: 0 });
});

it('a key between two plans is asked for again in a second', async () => {
  const { handler } = service(() => undefined);
  const answer = await callGateway(handler, { method: 'GET', resource: '/usage', usageKeyId: 'k1' });
  expect(answer).toMatchObject({ status: 429, body: { detail: expect.stringContaining('try again') } });
});

it('a tenant whose directory entry names no key is a fault of ours', async () => {
  const { handler } = service();
  expect(await callGateway(handler, { method: 'GET', resource: '/usage' })).toMatchObject({ status: 500 });
});

it('says that it runs', async () => {
  const { handler } = service();
  expect(await callGateway(handler, { method: 'GET', resource: '/health/usage' })).toMatchObject({
    status: 200,
    body: { service: 'usage', status: 'ok' },
  });
});
