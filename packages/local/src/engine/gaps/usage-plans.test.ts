import { join } from 'node:path';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetUsageCommand,
  GetUsagePlansCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

const QUOTA = 5;
const RETRY = { throttled: '1', exhausted: '3600' };

const refusal = (ResponseType: string, retryAfter: string) => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: { Ref: 'Api' },
    ResponseType,
    StatusCode: '429',
    ResponseParameters: {
      'gatewayresponse.header.Retry-After': `'${retryAfter}'`,
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    },
    ResponseTemplates: { 'application/json': `{"title":"${ResponseType}","instance":"$context.requestId"}` },
  },
});

const template = {
  Resources: {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        ApiKeyRequired: true,
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{ "statusCode": 200 }' },
          IntegrationResponses: [{ StatusCode: '200' }],
        },
        MethodResponses: [{ StatusCode: '200' }],
      },
    },
    Throttled: refusal('THROTTLED', RETRY.throttled),
    Exhausted: refusal('QUOTA_EXCEEDED', RETRY.exhausted),
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['Get', 'Throttled', 'Exhausted'],
      Properties: { RestApiId: { Ref: 'Api' } },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } },
    },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Throttle: { BurstLimit: 100, RateLimit: 100 },
        Quota: { Limit: QUOTA, Period: 'DAY' },
      },
    },
  },
  Outputs: { ApiId: { Ref: 'Api' }, PlanId: { Ref: 'Plan' } },
};

const PLACE = ['333333333333', 'eu-west-1'] as const;

let running: EngineUnderTest;
let client: APIGatewayClient;
let apiId: string;
let planId: string;
let names = 0;

interface Key {
  readonly id: string;
  readonly value: string;
}

const newKey = async (): Promise<Key> => {
  names += 1;
  const { id, value } = await client.send(new CreateApiKeyCommand({ name: `key-${names}`, enabled: true }));
  return { id: id as string, value: value as string };
};
const put = (keyId: string, usagePlanId = planId) =>
  client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
const keyOnPlan = async (): Promise<Key> => {
  const key = await newKey();
  await put(key.id);
  return key;
};
const planOfOwn = async (limits: { limit: number; burst?: number; rate?: number }): Promise<string> => {
  const { id } = await client.send(
    new CreateUsagePlanCommand({
      name: 'own',
      apiStages: [{ apiId, stage: 'prod' }],
      throttle: { burstLimit: limits.burst ?? 100, rateLimit: limits.rate ?? 100 },
      quota: { limit: limits.limit, period: 'DAY' },
    }),
  );
  return id as string;
};
const call = (key?: string) =>
  fetch(`${running.engine.endpoint}/_aws/execute-api/${apiId}/prod/`, {
    headers: key === undefined ? {} : { 'x-api-key': key },
  });
const calls = async (key: Key, times: number): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let sent = 0; sent < times; sent += 1) statuses.push((await call(key.value)).status);
  return statuses;
};
const today = () => new Date().toISOString().slice(0, 10);
const usage = (keyId: string, usagePlanId = planId) =>
  client.send(new GetUsageCommand({ usagePlanId, keyId, startDate: today(), endDate: today() }));

beforeAll(async () => {
  running = await engineForTests({ persist: true });
  const config = running.engine.clientConfig(...PLACE);
  client = new APIGatewayClient(config);
  const outputs = await deployStack(config, 'api', template);
  apiId = outputs.ApiId as string;
  planId = outputs.PlanId as string;
});
afterAll(() => running.close());

test('who shows no key, an unknown key or a key on no plan of the stage is refused', async () => {
  const stray = await newKey();
  const answers = [await call(), await call('no-such-key-00000000000'), await call(stray.value)];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});

test('one key uses up its quota of the day while another is still served', async () => {
  const [greedy, modest] = [await keyOnPlan(), await keyOnPlan()];
  expect(await calls(greedy, QUOTA + 1)).toEqual([...Array(QUOTA).fill(200), 429]);
  expect(await calls(modest, 1)).toEqual([200]);
});

test('a used-up quota is answered in the API’s own words, with the time to wait', async () => {
  const key = await keyOnPlan();
  await calls(key, QUOTA);
  const answer = await call(key.value);
  expect(answer.headers.get('retry-after')).toBe(RETRY.exhausted);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ title: 'QUOTA_EXCEEDED' });
});

test('requests beyond burst and rate are throttled by key, and do not count as used', async () => {
  const usagePlanId = await planOfOwn({ limit: 100, burst: 3, rate: 0.1 });
  const key = await newKey();
  await put(key.id, usagePlanId);
  const answers = await Promise.all(Array.from({ length: 8 }, () => call(key.value)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  const throttled = answers.filter(({ status }) => status === 429);
  expect(throttled.map(({ headers }) => headers.get('retry-after'))).toEqual(Array(5).fill(RETRY.throttled));
  expect((await usage(key.id, usagePlanId)).items).toEqual({ [key.id]: [[3, 97]] });
});

test('GetUsage answers what is used and left, by day and key, and nothing of a key that sent nothing', async () => {
  const [used, idle] = [await keyOnPlan(), await keyOnPlan()];
  await calls(used, QUOTA + 2);
  expect((await usage(used.id)).items).toEqual({ [used.id]: [[QUOTA, 0]] });
  expect((await usage(idle.id)).items ?? {}).toEqual({});
  await expect(usage(used.id, 'missing')).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a key is on one plan of a stage; taken off, it can go on another and starts anew there', async () => {
  const key = await keyOnPlan();
  const own = await planOfOwn({ limit: 50 });
  await calls(key, QUOTA + 1);
  await expect(put(key.id, own)).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(put(key.id)).rejects.toMatchObject({ name: 'ConflictException' });
  await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId: planId, keyId: key.id }));
  expect(await calls(key, 1)).toEqual([403]);
  await put(key.id, own);
  expect(await calls(key, 1)).toEqual([200]);
  const { items } = await client.send(new GetUsagePlansCommand({ keyId: key.id }));
  expect(items?.map(({ id }) => id)).toEqual([own]);
  expect((await usage(key.id, own)).items).toEqual({ [key.id]: [[1, 49]] });
});

test('a key that was served is refused once it is deleted', async () => {
  const key = await keyOnPlan();
  expect(await calls(key, 1)).toEqual([200]);
  await client.send(new DeleteApiKeyCommand({ apiKey: key.id }));
  expect(await calls(key, 1)).toEqual([403]);
});

test('a plan takes no key that does not exist, and gives up none that it does not have', async () => {
  await expect(put('missing')).rejects.toMatchObject({ name: 'NotFoundException' });
  const stray = await newKey();
  const removal = new DeleteUsagePlanKeyCommand({ usagePlanId: planId, keyId: stray.id });
  await expect(client.send(removal)).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a raised quota holds for the next request', async () => {
  const own = await planOfOwn({ limit: 1 });
  const key = await newKey();
  await put(key.id, own);
  expect(await calls(key, 2)).toEqual([200, 429]);
  const raised = await client.send(
    new UpdateUsagePlanCommand({
      usagePlanId: own,
      patchOperations: [
        { op: 'replace', path: '/quota/limit', value: '3' },
        { op: 'replace', path: '/throttle/rateLimit', value: '12.5' },
      ],
    }),
  );
  expect(raised).toMatchObject({ quota: { limit: 3, period: 'DAY' }, throttle: { rateLimit: 12.5 } });
  expect(await calls(key, 3)).toEqual([200, 200, 429]);
});

test('a plan is deleted once no stage is on it', async () => {
  const own = await planOfOwn({ limit: 1 });
  const deletion = () => client.send(new DeleteUsagePlanCommand({ usagePlanId: own }));
  await expect(deletion()).rejects.toMatchObject({ name: 'BadRequestException' });
  await client.send(
    new UpdateUsagePlanCommand({
      usagePlanId: own,
      patchOperations: [{ op: 'remove', path: '/apiStages', value: `${apiId}:prod` }],
    }),
  );
  await deletion();
  await expect(usage('any', own)).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a killed engine comes back with what was used, and refuses what it refused', async () => {
  const key = await keyOnPlan();
  await calls(key, QUOTA);
  await running.engine.checkpoint();
  const stateFolder = join(running.folder, 'state');
  await running.engine.kill();
  const again = await engineForTests({ persist: true, stateFolder });
  const before = running;
  running = {
    ...again,
    // The second writes its state into the first's folder until it ends.
    close: async () => {
      await again.close();
      await before.close();
    },
  };
  client = new APIGatewayClient(again.engine.clientConfig(...PLACE));
  expect((await usage(key.id)).items).toEqual({ [key.id]: [[QUOTA, 0]] });
  expect((await call(key.value)).status).toBe(429);
});
