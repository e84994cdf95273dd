import type { Context, SQSRecord } from 'aws-lambda';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { newOperationId, operationCodec } from '../workflow/operation-record';
import { resumeWait } from '../workflow/resume-wait';
import { noteInWait, openWait, readWait } from '../workflow/wait-record';
import type { DeadLetter } from './dead-letters';
import { eventReceiver } from './event-receiver';

const AT = '2026-01-01T00:00:00.000Z';
const CONTEXT = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 } as Context;

/** A control plane whose onboarding of `acme` waits for an application plane, as the workflow leaves it. */
async function controlPlane() {
  const table = new MemoryControlTable();
  const operationId = newOperationId();
  const key = 'provision:acme';
  const operation = operationCodec.encode({
    operationId,
    kind: 'onboarding',
    tenantId: 'acme',
    input: {},
    facts: {},
    status: 'waiting',
    direction: 'do',
    run: 1,
    steps: [{ name: 'provision', status: 'waiting', attempts: 1 }],
    requestedBy: { kind: 'anonymous' },
    createdAt: AT,
    updatedAt: AT,
    revision: 1,
  });
  await table.write([{ type: 'put', item: operation, expect: { kind: 'absent' } }]);
  await table.write([openWait({ key, operationId, step: 'provision', openedAt: AT })]);
  await table.write([noteInWait(key, operationId, { taskToken: 'token-1' })]);
  const told: string[] = [];
  const letters: DeadLetter[] = [];
  const ingested: unknown[] = [];
  const callbacks = { goOn: async (token: string) => void told.push(token) };
  const handler = eventReceiver({
    table,
    resume: (resumed) => resumeWait(resumed, { table, callbacks }),
    ingestUsage: async (records) => void ingested.push(...records),
    keep: async (letter) => void letters.push(letter),
    now: () => new Date(AT),
    logger: silentTelemetry().telemetry.logger,
  });
  const deliver = (body: string) => {
    const record = { messageId: 'm', eventSource: 'aws:sqs', body, attributes: {} } as unknown as SQSRecord;
    return handler({ Records: [record] }, CONTEXT);
  };
  let events = 0;
  const answer = (detailType: string, detail: object, changes: object = {}) => {
    events += 1;
    const event = {
      version: '0',
      id: `event-${events}`,
      source: 'sbt.application.plane',
      account: '333333333333',
      'detail-type': `sbt_aws_${detailType}`,
      detail,
      ...changes,
    };
    return deliver(JSON.stringify(event));
  };
  const lines = () => table.all().flatMap(({ entry }) => (entry ? [entry as Record<string, unknown>] : []));
  return { table, operationId, key, told, letters, ingested, deliver, answer, lines };
}

/** What a script job of the toolkit sends when it ended well: the identifier that it was given, and its output. */
const jobOutput = {
  tenantData: { tenantConfig: '{}' },
  tenantRegistrationData: { registrationStatus: 'Created' },
};

test('a provisioning that the application plane finished goes on', async () => {
  const { table, key, operationId, told, lines, answer } = await controlPlane();
  await answer('provisionSuccess', { tenantRegistrationId: operationId, jobOutput });
  expect(told).toEqual(['token-1']);
  expect(await readWait(table, key)).toMatchObject({ outcome: 'succeeded' });
  expect(lines()).toMatchObject([
    {
      action: 'sbt_aws_provisionSuccess',
      tenantId: 'acme',
      subject: operationId,
      actor: { kind: 'platform', name: 'application-plane/333333333333' },
      result: 'succeeded',
    },
  ]);
});

test('one that it could not do fails the step, and the log says why', async () => {
  const { table, key, operationId, told, lines, answer } = await controlPlane();
  const tenantStatus = 'Failed to provision tenant.';
  await answer('provisionFailure', { tenantRegistrationId: operationId, jobOutput: { tenantStatus } });
  expect(told).toEqual(['token-1']);
  expect(await readWait(table, key)).toMatchObject({ outcome: 'failed' });
  expect(lines()).toMatchObject([{ result: 'failed', reason: tenantStatus }]);
});

test('an application plane of the toolkit’s first versions names the tenant only', async () => {
  const { told, answer } = await controlPlane();
  await answer('provisionSuccess', { tenantId: 'acme', tenantOutput: '{}' });
  expect(told).toEqual(['token-1']);
});

test('an event that comes twice counts once', async () => {
  const { operationId, told, lines, answer } = await controlPlane();
  await answer('provisionSuccess', { tenantRegistrationId: operationId }, { id: 'same' });
  await answer('provisionSuccess', { tenantRegistrationId: operationId }, { id: 'same' });
  expect([told.length, lines().length]).toEqual([1, 1]);
});

test('an answer to an operation that is over does not end the wait of the one that runs', async () => {
  const { table, key, operationId, told, answer } = await controlPlane();
  await table.write([openWait({ key, operationId: newOperationId(), step: 'provision', openedAt: AT })]);
  await answer('provisionFailure', { tenantRegistrationId: operationId });
  expect(told).toEqual([]);
  expect((await readWait(table, key))?.outcome).toBeUndefined();
});

test('usage is handed on', async () => {
  const { ingested, letters, answer } = await controlPlane();
  await answer('ingestUsage', { records: [{ id: 'record-1' }] });
  expect([ingested, letters]).toEqual([[{ id: 'record-1' }], []]);
});

test.each<[string, string, object, object, RegExp]>([
  ['of an unknown type', 'surprise', {}, {}, /detail type/],
  ['that names no tenant', 'provisionSuccess', { jobOutput: {} }, {}, /name the tenant/],
  [
    'that names an operation of nobody',
    'provisionSuccess',
    { tenantRegistrationId: 'x' },
    {},
    /no operation/,
  ],
  ['of a source of its own', 'provisionSuccess', { tenantId: 'acme' }, { source: 'mine' }, /source/],
  ['whose tenant is none', 'provisionSuccess', { tenantId: 'A#B' }, {}, /tenantId/],
  ['of usage without records', 'ingestUsage', {}, {}, /records/],
])('an event %s is kept with its reason', async (_what, type, detail, changes, reason) => {
  const { told, letters, answer } = await controlPlane();
  expect(await answer(type, detail, changes)).toEqual({ batchItemFailures: [] });
  expect(told).toEqual([]);
  expect(letters).toEqual([{ body: expect.any(String), reason: expect.stringMatching(reason) }]);
});

test('what is no event at all is kept too', async () => {
  const { letters, deliver } = await controlPlane();
  await deliver('{"Records": "no"');
  expect(letters).toMatchObject([{ reason: 'is no event of EventBridge' }]);
});

test('an answer to another tenant’s operation is not taken for this one’s', async () => {
  const { operationId, told, letters, answer } = await controlPlane();
  await answer('provisionSuccess', { tenantRegistrationId: operationId, tenantId: 'globex' });
  expect(told).toEqual([]);
  expect(letters).toMatchObject([{ reason: expect.stringContaining('tenantId') }]);
});
