import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlClient } from '@granary/client';
import { EXIT } from '../cli-error';
import { openControl } from '../control/control-access';
import type { Given } from '../control/control-command';
import { CONTROL_COMMANDS } from '../control/control-commands';
import { METERING_COMMANDS } from '../control/metering-commands';
import { PEOPLE_COMMANDS } from '../control/people-commands';
import { RELEASE_COMMANDS } from '../control/release-commands';
import { palette } from '../terminal';
import { FakeApi, type FakeRequest, problem } from '../walk/fake-api';
import { askControl } from './ask-control';

const AT = '2026-11-24T00:00:00.000Z';
const OPERATION_ID = '01J8Z3K5N7P9QRSTVWXYZABCDE';
const TENANT = {
  tenantId: 'acme',
  name: 'Acme',
  tier: 'basic',
  model: 'pool',
  deploymentId: 'pool-us',
  status: 'active',
  adminEmail: 'a@acme.example.com',
  createdAt: AT,
  updatedAt: AT,
};
const operation = (status: string) => ({
  operationId: OPERATION_ID,
  kind: 'onboarding',
  tenantId: 'acme',
  status,
  steps: [{ step: 'provision', status, attempts: 1 }],
  requestedBy: { kind: 'operator', userId: 'u', userName: 'olivia', role: 'SystemAdmin' },
  createdAt: AT,
  updatedAt: AT,
});

let api: FakeApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

async function run(
  name: string,
  given: Given,
  respond: (request: FakeRequest) => ReturnType<typeof problem>,
  { json = false, follow = false } = {},
) {
  const opened = await FakeApi.open(respond);
  api = opened;
  const lines: string[] = [];
  const terminal = {
    interactive: false,
    palette: palette(false),
    line: (text = '') => lines.push(text),
    note: () => undefined,
    live: () => undefined,
  };
  const command = [...CONTROL_COMMANDS, ...PEOPLE_COMMANDS, ...METERING_COMMANDS, ...RELEASE_COMMANDS].find(
    (each) => each.name === name,
  );
  if (!command) throw new Error(`no command ${name}`);
  const context = {
    project: { folder: '/x', stateFolder: '/x/.granary' },
    terminal,
    json,
    signal: new AbortController().signal,
  };
  const open = async () => controlClient({ baseUrl: opened.url, token: 't' });
  const code = await askControl(context, command, given, { follow }, open);
  return { code, lines, sent: opened.requests.map(({ method, path }) => `${method} ${path}`) };
}

test('a list is a table of all its pages, filtered by the API', async () => {
  const { code, lines, sent } = await run('tenants list', { tier: 'basic' }, ({ path }) => ({
    status: 200,
    body: path.includes('nextToken') ? { items: [] } : { items: [TENANT], nextToken: 'n' },
  }));
  expect(code).toBe(EXIT.ok);
  expect(lines[0]).toMatch(/^TENANTID +NAME +TIER/);
  expect(lines[1]).toMatch(/^acme +Acme +basic +pool +pool-us +active$/);
  expect(sent).toEqual([
    'GET /tenants?limit=100&tier=basic',
    'GET /tenants?limit=100&tier=basic&nextToken=n',
  ]);
});

test('with --json the answer is one document', async () => {
  const { lines } = await run('tenants show', { id: 'acme' }, () => ({ status: 200, body: TENANT }), {
    json: true,
  });
  expect(lines.map((line) => JSON.parse(line))).toEqual([TENANT]);
});

test.each([
  ['succeeded', EXIT.ok],
  ['failed', EXIT.failure],
])('an operation that is followed to %s ends with %i', async (end, exit) => {
  let asked = 0;
  const respond = () => {
    asked += 1;
    return { status: 200, body: operation(asked === 1 ? 'running' : end) };
  };
  const { code, lines } = await run('operations show', { id: OPERATION_ID }, respond, { follow: true });
  expect([code, asked]).toEqual([exit, 2]);
  expect(lines).toContain(`status: ${end}`);
  expect(lines.at(-1)).toMatch(new RegExp(`^provision +${end} +1`));
});

test("the API's words reach the person", async () => {
  const missing = run('tenants show', { id: 'nobody' }, () =>
    problem(404, 'Not found', 'there is no tenant "nobody"'),
  );
  await expect(missing).rejects.toThrow('getTenant: 404 Not found: there is no tenant "nobody"');
});

test('a chain that does not hold is a failure', async () => {
  const body = { verdict: 'broken', head: { sequence: 1, hash: 'h' }, anchors: 0 };
  const { code } = await run('audit verify', {}, () => ({ status: 200, body }));
  expect(code).toBe(EXIT.failure);
});

const USER = {
  ...{
    userName: 'ann@acme.example.com',
    email: 'ann@acme.example.com',
    role: 'TenantUser',
    status: 'enabled',
  },
  ...{ createdAt: AT, updatedAt: AT, version: 3 },
};

test('a role is changed as of the version that is there', async () => {
  const given = { id: 'acme', userName: USER.userName, role: 'TenantAdmin' };
  const seen: unknown[] = [];
  const { lines, sent } = await run('users role', given, (request) => {
    seen.push(request);
    return {
      status: 200,
      body: request.method === 'GET' ? USER : { ...USER, role: 'TenantAdmin', version: 4 },
    };
  });
  const path = '/tenants/acme/users/ann%40acme.example.com';
  expect(sent).toEqual([`GET ${path}`, `PUT ${path}`]);
  expect(seen[1]).toMatchObject({ body: { role: 'TenantAdmin' } });
  expect(lines).toContain('role: TenantAdmin');
});

test('what was deleted is told by its name', async () => {
  const { lines, sent } = await run('operators remove', { userName: 'olga@example.com' }, () => ({
    status: 204,
    body: null,
  }));
  expect(sent).toEqual(['DELETE /operators/olga%40example.com']);
  expect(lines).toEqual(['userName: olga@example.com', 'status: deleted']);
});

const RELEASE = {
  ...{ runId: 'run-2', kind: 'release', release: 'bbbbbbbb', status: 'halted', startedAt: AT },
  halt: {
    ...{ wave: 'canary', gate: 'canary', reason: 'requests failed', at: AT },
    ...{ failed: [], rolledBack: [], rolledBackTotal: 1 },
  },
};
test('releases are listed by one request, with where they are, what halted them and what they are about', async () => {
  const wave = { name: 'canary', status: 'rolled-back', index: 1, of: 3 };
  const past = { ...RELEASE, runId: 'run-1', status: 'succeeded', halt: undefined, notes: 'Plough' };
  const { lines, sent } = await run('releases list', {}, () => ({
    status: 200,
    body: { items: [{ ...RELEASE, wave, notes: 'Sow' }, past] },
  }));
  expect(lines[1]).toMatch(/^run-2 +release +bbbbbbbb +halted +canary, 2 of 3 +canary in canary +\S+ +Sow$/);
  expect(lines[2]).toMatch(/^run-1 +release +bbbbbbbb +succeeded +\S+Z +Plough$/);
  expect(sent).toEqual(['GET /releases?limit=10']);
});

test('a rollback is asked for with its reason, and says what goes where and what is kept', async () => {
  const { lines, sent } = await run(
    'rollback',
    { target: 'tenant', id: 'acme', reason: 'slow lists' },
    () => ({
      status: 202,
      body: {
        release: { ...RELEASE, kind: 'rollback', status: 'running' },
        changes: [{ deploymentId: 'acme', wave: 'canary', from: 'bbbbbbbb', to: 'aaaaaaaa' }],
        kept: [{ deploymentId: 'globex', reason: 'it has no earlier version' }],
      },
    }),
  );
  expect(sent).toEqual(['POST /rollbacks']);
  expect(lines.at(-2)).toMatch(/^acme +canary +bbbbbbbb +aaaaaaaa$/);
  expect(lines.at(-1)).toMatch(/^globex +kept: it has no earlier version$/);
});

test('limits of its own are sent as numbers, and shown', async () => {
  const limits = { throttle: { burst: 50, rate: 2.5 }, quota: { requestsPerDay: 900 } };
  const override = { ...limits, state: 'applied', updatedAt: AT };
  const bodies: unknown[] = [];
  const given = { id: 'acme', burst: '50', rate: '2.5', requestsPerDay: '900' };
  const { lines, sent } = await run('quota set', given, ({ body }) => {
    bodies.push(body);
    return { status: 200, body: { tenantId: 'acme', tier: 'basic', override } };
  });
  expect([sent, bodies]).toEqual([['PUT /tenants/acme/quota'], [limits]]);
  expect(lines[0]).toBe('tenantId: acme');
});

test('what a month cost is told by tenants, or of one tenant by what it was for', async () => {
  const line = {
    kind: 'reads',
    region: 'us-east-1',
    quantity: 1000,
    unit: 'read request units',
    usd: '0.500000000',
  };
  const whole = {
    ...{ month: '2026-11', total: '0.500000000', unpriced: [], prices: { asOf: '2026-11-01', sources: [] } },
    ...{
      tenants: [{ tenantId: 'acme', usd: '0.500000000', lines: [line] }],
      shared: { usd: '0.000000000', lines: [] },
    },
  };
  const all = await run('costs', { month: '2026-11' }, () => ({ status: 200, body: whole }));
  expect(all.lines[1]).toMatch(/^acme +0\.500000000$/);
  await api?.close();
  const one = await run('costs', { month: '2026-11', tenant: 'acme' }, () => ({
    status: 200,
    body: { tenantId: 'acme', month: '2026-11', usd: '0.500000000', lines: [line] },
  }));
  expect(one.sent).toEqual(['GET /tenants/acme/cost?month=2026-11']);
  expect(one.lines.at(-1)).toMatch(/reads +us-east-1 +1000 +read request units +0\.500000000$/);
});

test('the fleet is filtered by its drift', async () => {
  const entry = {
    ...{ deploymentId: 'acme', kind: 'silo', account: '222222222222', region: 'us-east-1' },
    ...{ stackName: 'granary-acme', release: 'aaaaaaaa', templateDigest: 'd', wave: 'canary' },
    ...{ runId: 'run-1', deployedAt: AT, result: 'succeeded', state: 'behind' },
  };
  const items = [entry, { ...entry, deploymentId: 'globex', state: 'current' }];
  const { lines } = await run('fleet', { drift: 'behind' }, () => ({ status: 200, body: { items } }));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^acme +behind +aaaaaaaa/);
});

test('without a cloud or settings a command says what to do', async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'granary-cli-'));
  const project = { folder: stateFolder, stateFolder };
  await expect(openControl({ project }, {})).rejects.toThrow('granary up');
  await expect(openControl({ project }, { GRANARY_TOKEN: 't' })).rejects.toThrow(
    'GRANARY_API_URL is not set',
  );
  expect(
    await openControl({ project }, { GRANARY_API_URL: 'http://127.0.0.1:1', GRANARY_TOKEN: 't' }),
  ).toEqual(expect.objectContaining({ listTenants: expect.any(Function) }));
  await rm(stateFolder, { recursive: true });
});
