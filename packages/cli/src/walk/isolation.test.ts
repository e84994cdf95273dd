import { applicationClient } from '@granary/client';
import { deployment } from '../render/sample-fleet';
import { FakeApi, problem } from './fake-api';
import { type IsolationReport, tryNeighbour } from './isolation';
import type { StackResource } from './stacks';
import type { Answer, Reach } from './tenant-rows';

const RESOURCES: readonly StackResource[] = [
  { logicalId: 'TablesProducts1A', type: 'AWS::DynamoDB::Table', physicalId: 'products' },
  { logicalId: 'TablesOrders2B', type: 'AWS::DynamoDB::Table', physicalId: 'orders' },
  { logicalId: 'AuthorizerFunction3C', type: 'AWS::Lambda::Function', physicalId: 'authorizer' },
  { logicalId: 'ProductFunction4D', type: 'AWS::Lambda::Function', physicalId: 'product' },
];
const CREDENTIALS = { accessKeyId: 'ASIAX', secretAccessKey: 'secret', sessionToken: 'token' };
const JUNIPER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const SORREL = '01BX5ZZKBKACTAV9WEVGEMMVRZ';
const DENIED: Answer = { type: 'refused', error: 'AccessDeniedException' };

let api: FakeApi;
beforeAll(async () => {
  api = await FakeApi.open(({ path }) =>
    path === '/leak/products/01BX5ZZKBKACTAV9WEVGEMMVRZ'
      ? {
          status: 200,
          body: {
            productId: SORREL,
            ...{ sku: 's', name: 'n', price: 1, category: 'c', version: 1 },
            createdAt: '2026-11-24T00:00:00.000Z',
            updatedAt: '2026-11-24T00:00:00.000Z',
          },
        }
      : problem(404, 'Not found'),
  );
});
afterAll(() => api.close());

interface Setting {
  /** What the table answers. */
  readonly answer?: (reach: Reach) => Answer;
  readonly path?: string;
  readonly session?: string;
  readonly resources?: readonly StackResource[];
  readonly rows?: boolean;
}

function attempt(setting: Setting = {}): Promise<IsolationReport> {
  const { answer = walled, path = '', session = 'juniper', resources = RESOURCES, rows = true } = setting;
  const person = (tenantId: string, productId: string) => ({
    tenantId,
    token: `token-${tenantId}`,
    productId,
    api: applicationClient({ baseUrl: `${api.url}${path}` }),
  });
  return tryNeighbour({
    stacks: { outputs: async () => ({}), resources: async () => resources },
    rows: {
      find: async (_, tenantId, entityId) =>
        rows ? { pk: `TENANT#${tenantId}#0`, sk: `PRODUCT#${entityId}` } : undefined,
      reach: async (_, credentials, reach) => (credentials === CREDENTIALS ? answer(reach) : DENIED),
    },
    askAuthorizer: async ({ token }) => ({
      tenantId: token === 'token-juniper' ? session : 'someone else',
      credentials: CREDENTIALS,
    }),
    deployment: deployment('pool-us'),
    stackName: 'barn-pool-us',
    tenant: person('juniper', JUNIPER),
    neighbour: person('sorrel', SORREL),
  });
}

/** As it must be: one's own rows only. */
function walled(reach: Reach): Answer {
  const own = JSON.stringify(reach).includes('TENANT#juniper#');
  return own ? { type: 'items', count: 1 } : DENIED;
}

const wrong = ({ attempts }: IsolationReport) => attempts.filter(({ ok }) => !ok).map(({ what }) => what);

test('isolation that holds passes every attempt, own rows included', async () => {
  const report = await attempt();
  expect(wrong(report)).toEqual([]);
  expect(report).toMatchObject({ tenantId: 'juniper', neighbourId: 'sorrel', tableName: 'products' });
  expect(report.attempts.map(({ action, answer }) => `${action} ${answer}`)).toEqual([
    'GetItem 1 row',
    'Query 1 row',
    'GetItem AccessDeniedException',
    'Query AccessDeniedException',
    'PutItem AccessDeniedException',
    'Scan AccessDeniedException',
    'getProduct 404',
  ]);
});

test.each<[string, Setting, readonly string[]]>([
  [
    'a table that answers anyone',
    { answer: () => ({ type: 'items', count: 1 }) },
    ["read sorrel's product", "query sorrel's partition", "write into sorrel's partition", 'scan the table'],
  ],
  [
    'an answer without rows: it was let in',
    { answer: (reach) => (walled(reach) === DENIED ? { type: 'items', count: 0 } : walled(reach)) },
    ["read sorrel's product", "query sorrel's partition", "write into sorrel's partition", 'scan the table'],
  ],
  [
    'a write that only its own condition stopped',
    {
      answer: (reach) =>
        reach.action === 'PutItem'
          ? { type: 'refused', error: 'ConditionalCheckFailedException' }
          : walled(reach),
    },
    ["write into sorrel's partition"],
  ],
  [
    'a table that refuses even the own rows: the denials prove nothing',
    { answer: () => DENIED },
    ['read a product of its own', 'query its own partition'],
  ],
  ['an API that shows a neighbour its product', { path: 'leak' }, ["ask the API for sorrel's product"]],
])('%s is reported as wrong', async (_, setting, expected) => {
  expect(wrong(await attempt(setting))).toEqual(expected);
});

test.each<[string, Setting, string]>([
  ['an authorizer that mistakes the tenant', { session: 'sorrel' }, 'took "juniper" for "sorrel"'],
  ['a row that is not there', { rows: false }, 'holds no row of product'],
  [
    'a stack without an authorizer',
    { resources: RESOURCES.slice(0, 2) },
    'holds 0 resources AWS::Lambda::Function',
  ],
])('%s ends the attempt', async (_, setting, message) => {
  await expect(attempt(setting)).rejects.toThrow(message);
});
