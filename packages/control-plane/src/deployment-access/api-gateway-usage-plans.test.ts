import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { type WireAnswer, wire } from '../rehearsal/wire';
import { ApiGatewayUsagePlans } from './api-gateway-usage-plans';

const LIMITS = { throttle: { burst: 5, rate: 2.5 }, quota: { requestsPerDay: 10 } };
const TIER = { id: 'tier', apiStages: [{ apiId: 'api1', stage: 'prod', throttle: {} }] };

function plansOver(...answers: WireAnswer[]) {
  const { settings, sent } = wire(...answers);
  return { plans: new ApiGatewayUsagePlans(new APIGatewayClient(settings)), sent };
}

test('plans are found by their whole name, on whichever page, in one order', async () => {
  const { plans } = plansOver(
    {
      body: {
        item: [
          { id: 'p9', name: 'n' },
          { id: 'p1', name: 'n-2' },
        ],
        position: 'next',
      },
    },
    { body: { item: [{ id: 'p2', name: 'n' }] } },
  );
  expect(await plans.named('n')).toEqual(['p2', 'p9']);
});

test('the plans of a key are asked for by its id', async () => {
  const { plans, sent } = plansOver({ body: { item: [{ id: 'p1', name: 'n' }] } });
  expect(await plans.holding('k1')).toEqual(['p1']);
  expect(sent[0]).toMatchObject({ operation: 'GET /usageplans', query: { keyId: 'k1' } });
});

test('a new plan serves the stages of its model', async () => {
  const { plans, sent } = plansOver({ body: TIER }, { body: { id: 'own' } });
  expect(await plans.create('n', 'tier', LIMITS)).toBe('own');
  expect(sent[1]).toMatchObject({
    operation: 'POST /usageplans',
    body: {
      name: 'n',
      apiStages: [{ apiId: 'api1', stage: 'prod' }],
      throttle: { burstLimit: 5, rateLimit: 2.5 },
      quota: { limit: 10, period: 'DAY' },
    },
  });
});

test('a changed plan gets the limits, and the stages of its model that it lacks', async () => {
  const own = { id: 'own', apiStages: [{ apiId: 'api0', stage: 'prod' }] };
  const { plans, sent } = plansOver({ body: own }, { body: TIER }, { body: {} });
  await plans.change('own', 'tier', LIMITS);
  expect(sent[2]).toMatchObject({
    operation: 'PATCH /usageplans/own',
    body: {
      patchOperations: [
        { op: 'replace', path: '/throttle/burstLimit', value: '5' },
        { op: 'replace', path: '/throttle/rateLimit', value: '2.5' },
        { op: 'replace', path: '/quota/limit', value: '10' },
        { op: 'add', path: '/apiStages', value: 'api1:prod' },
      ],
    },
  });
});

test('a plan loses its stages before it is deleted; one that is gone is fine', async () => {
  const { plans, sent } = plansOver({ body: TIER }, { body: {} }, { body: {} });
  await plans.remove('tier');
  expect(sent.map(({ operation }) => operation)).toEqual([
    'GET /usageplans/tier',
    'PATCH /usageplans/tier',
    'DELETE /usageplans/tier',
  ]);
  const gone = plansOver({ error: 'NotFoundException', status: 404 });
  await gone.plans.remove('tier');
  const refused = plansOver({ error: 'AccessDeniedException', status: 403 });
  await expect(refused.plans.remove('tier')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
