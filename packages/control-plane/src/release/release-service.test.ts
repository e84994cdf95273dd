import { ConflictProblem } from '@granary/api';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { LambdaReleaseEngine } from './release-engine';
import { releaseService } from './release-service';

const AT = '2026-11-28T12:00:00.000Z';
const RUN = { runId: 'run-2', release: 'bbbbbbbb', status: 'running', startedAt: AT, revision: 3 };
const VERSION = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  stackName: 'granary-acme',
  release: 'bbbbbbbb',
  templateDigest: 'd',
  parameters: { CodeBucket: 'b' },
  wave: 'canary',
  runId: 'run-2',
  mode: 'pipeline',
  deployedAt: AT,
  result: 'succeeded',
  outputs: { alarmNames: [] },
  tenant: { tenantId: 'acme', name: 'Acme', tier: 'platinum', adminEmail: 'a@acme.example.com' },
};
const REASON = 'a customer called';

function open(answer: (command: Readonly<Record<string, unknown>>) => unknown) {
  const commands: Readonly<Record<string, unknown>>[] = [];
  const lines: unknown[] = [];
  const handler = releaseService({
    engine: {
      ask: async (command) => {
        commands.push(command);
        return answer(command);
      },
    },
    audit: async (entry) => void lines.push(entry),
    telemetry: silentTelemetry().telemetry,
  });
  const call = (method: GatewayRequest['method'], resource: string, more: Partial<GatewayRequest> = {}) =>
    request(handler, { method, resource, role: 'SystemAdmin', ...more });
  return { call, commands, lines };
}

test('releases are told without what is the engine’s own', async () => {
  const { call } = open(() => ({ runs: [RUN] }));
  const { revision: _, ...told } = RUN;
  await expect(call('GET', '/releases', { role: 'CustomerSupport' })).resolves.toMatchObject({
    status: 200,
    body: { items: [{ ...told, kind: 'release' }] },
  });
});

test('the list of releases goes on where its page ended, and tells notes and the wave under way', async () => {
  const wave = { name: 'canary', status: 'baking', index: 1, of: 3 };
  const { call, commands } = open(({ after }) => ({
    runs: [{ ...RUN, notes: 'Sow', wave }],
    ...(after === undefined ? { next: `${AT}#run-2` } : {}),
  }));
  const first = await call('GET', '/releases', { query: { limit: '1' } });
  expect(first.body).toMatchObject({ items: [{ notes: 'Sow', wave }] });
  const { nextToken } = first.body as { nextToken: string };
  const second = await call('GET', '/releases', { query: { limit: '1', nextToken } });
  expect(second.body).not.toHaveProperty('nextToken');
  expect(commands[1]).toEqual({ command: 'listRuns', limit: 1, after: `${AT}#run-2` });
});

test('a plan is compared with the run that is asked for', async () => {
  const waves = [{ name: 'canary', deployments: 1, bakeMinutes: 5, minimumSamples: 0, approval: false }];
  const { call, commands } = open(() => ({
    ...{ release: 'bbbbbbbb', before: 'aaaaaaaa', engine: 'pipeline', waves, wavesBefore: [] },
    ...{ changes: [], changesTotal: 0 },
  }));
  const { body } = await call('GET', '/releases/{runId}/plan', {
    params: { runId: 'run-2' },
    query: { from: 'run-1' },
  });
  expect(body).toMatchObject({ waves, wavesBefore: [] });
  expect(commands).toEqual([{ command: 'getPlan', runId: 'run-2', from: 'run-1' }]);
});

test('what waits for an approval names its release', async () => {
  const approval = { stage: 'Wave-everyone', action: 'Approve', runId: 'run-2' };
  const { call } = open(() => ({ approvals: [approval] }));
  await expect(call('GET', '/approvals')).resolves.toMatchObject({ body: { items: [approval] } });
});

test('a release is told with its waves and where each deployment is', async () => {
  const wave = {
    ...{ runId: 'run-2', release: 'bbbbbbbb', name: 'canary', index: 1, status: 'baking', size: 1 },
    ...{ deployments: ['acme'], attempt: 1, looks: 2, samples: 8, minimumSamples: 20, revision: 4 },
    watch: { acme: { requests: 8, failed: 1, counted: 8, failures: [], missed: 0, red: [], silent: [] } },
  };
  const { call } = open(() => ({
    run: RUN,
    waves: [wave],
    deployments: { canary: [{ deploymentId: 'acme', state: 'deployed' }] },
    notes: 'Sow',
  }));
  const { body } = await call('GET', '/releases/{runId}', { params: { runId: 'run-2' } });
  expect(body).toMatchObject({
    notes: 'Sow',
    waves: [
      {
        name: 'canary',
        deployments: [{ deploymentId: 'acme', state: 'deployed' }],
        watch: { acme: { requests: 8, failed: 1, missed: 0, red: [] } },
      },
    ],
  });
});

test('an order names who gives it and why, here and at the engine', async () => {
  const { call, commands, lines } = open(() => ({ run: RUN }));
  const answer = await call('POST', '/releases/{runId}/halt', {
    params: { runId: 'run-2' },
    body: { reason: REASON },
  });
  expect(answer.status).toBe(202);
  expect(commands).toEqual([
    {
      command: 'halt',
      runId: 'run-2',
      by: { kind: 'operator', userName: 'olivia', role: 'SystemAdmin' },
      reason: REASON,
    },
  ]);
  expect(lines).toMatchObject([
    { action: 'haltRelease', subject: 'run-2', reason: REASON, result: 'succeeded' },
  ]);
});

test.each([
  ['halt', '/releases/{runId}/halt', { reason: REASON }],
  ['resume', '/releases/{runId}/resume', { reason: REASON }],
  ['abandon', '/releases/{runId}/abandon', { reason: REASON }],
  ['roll back', '/rollbacks', { target: 'all', reason: REASON }],
  ['override', '/release-overrides', { minutes: 30, reason: REASON }],
  ['decide', '/approvals', { stage: 'Wave', action: 'Approve', decision: 'approved', reason: REASON }],
])('support staff cannot %s', async (_, resource, body) => {
  const { call, commands } = open(() => ({}));
  const answer = await call('POST', resource, {
    role: 'CustomerSupport',
    params: { runId: 'run-2' },
    body,
  });
  expect(answer.status).toBe(403);
  expect(commands).toEqual([]);
});

test.each([
  [{ target: 'tenant', reason: REASON }, /names the tenant or the wave/],
  [{ target: 'all', id: 'acme', reason: REASON }, /names the tenant or the wave/],
  [{ target: 'all', to: 'v1', reason: REASON }, /must be a commit/],
  [{ target: 'all', reason: ' ' }, /reason/],
])('a rollback that cannot be meant is refused: %j', async (body, message) => {
  const { call, commands } = open(() => ({}));
  const answer = await call('POST', '/rollbacks', { body });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toMatch(message);
  expect(commands).toEqual([]);
});

test('a refusal of the engine is the caller’s to read, and in the audit log', async () => {
  const { call, lines } = open(() => {
    throw new ConflictProblem('run "run-2" is succeeded');
  });
  const answer = await call('POST', '/releases/{runId}/abandon', {
    params: { runId: 'run-2' },
    body: { reason: REASON },
  });
  expect(answer).toMatchObject({ status: 409, body: { detail: 'run "run-2" is succeeded' } });
  expect(lines).toMatchObject([{ action: 'abandonRelease', result: 'refused', status: 409 }]);
});

test('the fleet goes on where its page ended', async () => {
  const { call, commands } = open(({ after }) => ({
    latest: 'bbbbbbbb',
    more: after === undefined,
    deployments: [{ version: VERSION, state: 'current' }],
  }));
  const first = await call('GET', '/fleet', { query: { limit: '1' } });
  expect(first.body).toMatchObject({
    latest: 'bbbbbbbb',
    items: [{ deploymentId: 'acme', tenantId: 'acme', state: 'current', release: 'bbbbbbbb' }],
  });
  const { nextToken } = first.body as { nextToken: string };
  const second = await call('GET', '/fleet', { query: { limit: '1', nextToken } });
  expect(second.body).not.toHaveProperty('nextToken');
  expect(commands[1]).toEqual({ command: 'fleet', limit: 1, after: 'acme' });
});

test('an answer of another form is a fault, and none of it is told', async () => {
  const { call } = open(() => ({ runs: [{ secret: 'x' }] }));
  const answer = await call('GET', '/releases');
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
});

test.each([
  ['UnknownReleaseError', 404],
  ['ReleaseStateError', 409],
  ['WriteRefusedError', 409],
  ['ReleaseInputError', 400],
])('%s of the control function is answered %i', async (errorType, status) => {
  const lambda = {
    send: async () => ({
      FunctionError: 'Unhandled',
      Payload: Buffer.from(JSON.stringify({ errorType, errorMessage: 'why' })),
    }),
  };
  await expect(
    new LambdaReleaseEngine(lambda as never, 'arn:f').ask({ command: 'listRuns' }),
  ).rejects.toMatchObject({ status });
});

test('a control function that is throttled is asked for later', async () => {
  const busy = Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
  const lambda = { send: () => Promise.reject(busy) };
  await expect(
    new LambdaReleaseEngine(lambda as never, 'arn:f').ask({ command: 'listRuns' }),
  ).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '5' } });
});
