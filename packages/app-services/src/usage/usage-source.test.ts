import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { apiGatewayUsage, UsageSourceError } from './usage-source';

type Answer = { readonly status?: number; readonly body: object };

const PLAN = {
  id: 'plan1',
  apiStages: [{ apiId: 'api1', stage: 'prod' }],
  throttle: { burstLimit: 50, rateLimit: 12.5 },
  quota: { limit: 1000, period: 'DAY' },
};

const servers: Server[] = [];

async function gateway(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, body } = answers[(request.url ?? '').split('?')[0] as string] ?? {
      status: 404,
      body: { __type: 'NotFoundException' },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new APIGatewayClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
  });
  return { asked, source: apiGatewayUsage(client) };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const DAY = '2026-01-31';

it('reads the limits of the plan that the key is on, and what the key used that day', async () => {
  const { asked, source } = await gateway({
    '/usageplans': { body: { item: [{ ...PLAN, id: 'old', apiStages: [] }, PLAN] } },
    '/usageplans/plan1/usage': { body: { values: { k1: [[4, 996]] } } },
  });
  expect(await source('k1', DAY)).toEqual({
    throttle: { burst: 50, rate: 12.5 },
    quota: { requestsPerDay: 1000 },
    used: 4,
  });
  expect(asked[0]).toContain('keyId=k1');
  for (const part of ['keyId=k1', `startDate=${DAY}`, `endDate=${DAY}`]) expect(asked[1]).toContain(part);
});

it('takes a key of which the gateway knows nothing as unused', async () => {
  const { source } = await gateway({
    '/usageplans': { body: { item: [PLAN] } },
    '/usageplans/plan1/usage': { body: { values: {} } },
  });
  expect(await source('k1', DAY)).toMatchObject({ used: 0 });
});

it('knows nothing of a key that is on no plan', async () => {
  const { source } = await gateway({ '/usageplans': { body: { item: [] } } });
  expect(await source('k1', DAY)).toBeUndefined();
});

it('lets the gateway’s own throttling through and makes a fault of everything else', async () => {
  const busy = await gateway({
    '/usageplans': { status: 429, body: { __type: 'TooManyRequestsException' } },
  });
  await expect(busy.source('k1', DAY)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  const refused = await gateway({
    '/usageplans': { status: 403, body: { __type: 'AccessDeniedException' } },
  });
  await expect(refused.source('k1', DAY)).rejects.toThrow(UsageSourceError);
  const strange = await gateway({ '/usageplans': { body: { item: [{ ...PLAN, quota: undefined }] } } });
  await expect(strange.source('k1', DAY)).rejects.toThrow('plan1 has no throttle or no quota a day');
});
