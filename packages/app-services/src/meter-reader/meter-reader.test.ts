import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ingestUsageDetailSchema, type UsageRecord, usageRecordSchema } from '@granary/api';
import { usageIn } from './line-usage';
import { LogBatchError } from './log-batch';
import { meterReader, UsageNotTakenError } from './meter-reader';

const AT = new Date('2026-11-24T22:10:00.000Z');
const BUS = 'arn:aws:events:us-east-1:222222222222:event-bus/granary-events';

const RECORD: UsageRecord = {
  id: 'request:0123-4567',
  tenantId: 'acme',
  at: '2026-11-24T22:09:59.000Z',
  meters: { requests: 1 },
};

const serviceLine = (record: unknown = RECORD) =>
  JSON.stringify({ _aws: {}, Requests: 1, usageRecord: JSON.stringify(record) });

const accessLine = (changes: object) =>
  JSON.stringify({
    requestId: 'abcd-1234',
    status: '429',
    integrationLatency: '-',
    tenantId: 'acme',
    tier: 'basic',
    ...changes,
  });

const REPORT =
  'REPORT RequestId: 6f1c7c8e-52aa-4c3c-9a55-0123456789ab\tDuration: 11.42 ms\tBilled Duration: 12 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB\t';

const used = (text: string) => usageIn({ at: AT, text }, 'eu-west-1');

test("a service's line is the record that it carries, and where it was written", () => {
  expect(used(serviceLine())).toEqual({ ...RECORD, region: 'eu-west-1' });
});

test("Lambda's report is what is billed, of nobody in particular", () => {
  expect(used(REPORT)).toEqual({
    id: 'report:6f1c7c8e-52aa-4c3c-9a55-0123456789ab',
    at: AT.toISOString(),
    region: 'eu-west-1',
    meters: { invocations: 1, 'billed-function-mb-ms': 6144 },
  });
});

test('a request that the gateway refused is metered for its tenant, apart from those it served', () => {
  expect(used(accessLine({}))).toMatchObject({
    id: 'gateway:abcd-1234',
    tenantId: 'acme',
    meters: { 'refused-requests': 1 },
  });
});

test('a request without a tenant is nobody’s, and one that was turned away costs nothing', () => {
  const open = used(accessLine({ tenantId: '-', status: '200', integrationLatency: '12' }));
  expect(open).toMatchObject({ meters: { requests: 1 } });
  expect(open).not.toHaveProperty('tenantId');
  expect(used(accessLine({ tenantId: '-', status: '401' }))).toBeUndefined();
});

test.each([
  [
    'a request that a service answered, which its own line tells of',
    accessLine({ integrationLatency: '12' }),
  ],
  ['a line of people', 'usageRecord REPORT'],
  ['a record that is none', serviceLine({ id: 'x' })],
  ['a record of a tenant that cannot be', serviceLine({ ...RECORD, tenantId: '@shared' })],
  ['a broken line', '{"usageRecord":'],
  ['another line of a service', JSON.stringify({ message: 'usageRecord', level: 'INFO' })],
])('%s tells of no usage', (_what, text) => {
  expect(used(text)).toBeUndefined();
});

let server: Server;
let client: EventBridgeClient;
let sent: { Entries: { Detail: string; Source: string; DetailType: string; EventBusName: string }[] }[];
let failing: boolean;

beforeEach(async () => {
  sent = [];
  failing = false;
  server = createServer(async (request, response) => {
    sent.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    const entry = failing ? { ErrorCode: 'InternalFailure' } : { EventId: '1' };
    const answer = { FailedEntryCount: failing ? 1 : 0, Entries: [entry] };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new EventBridgeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = (messages: readonly string[], messageType = 'DATA_MESSAGE') => {
  const logEvents = messages.map((message, id) => ({ id: String(id), timestamp: AT.getTime(), message }));
  const data = gzipSync(JSON.stringify({ messageType, logEvents })).toString('base64');
  return meterReader({ client, eventBusArn: BUS, region: 'us-east-1' })({ awslogs: { data } });
};

test('the records of a batch come to the bus, a hundred in an event', async () => {
  const lines = Array.from({ length: 250 }, (_, n) => serviceLine({ ...RECORD, id: `request:${n}-000000` }));
  expect(await read([...lines, 'START'])).toEqual({ records: 250 });
  const entries = sent.flatMap(({ Entries }) => Entries);
  expect(entries.map(({ Source, DetailType, EventBusName }) => [Source, DetailType, EventBusName])).toEqual(
    Array(3).fill(['sbt.application.plane', 'sbt_aws_ingestUsage', BUS]),
  );
  const records = entries.flatMap(({ Detail }) => ingestUsageDetailSchema.parse(JSON.parse(Detail)).records);
  expect(new Set(records.map((record) => usageRecordSchema.parse(record).id)).size).toBe(250);
});

test('a batch without usage calls nobody', async () => {
  expect(await read(['END RequestId: 1'])).toEqual({ records: 0 });
  expect(await read([serviceLine()], 'CONTROL_MESSAGE')).toEqual({ records: 0 });
  expect(sent).toEqual([]);
});

test('a bus that does not take an event fails the batch, so that it is read again', async () => {
  failing = true;
  await expect(read([serviceLine()])).rejects.toThrow(UsageNotTakenError);
});

test('an event that is no batch of a log is refused', async () => {
  const handler = meterReader({ client, eventBusArn: BUS, region: 'us-east-1' });
  await expect(handler({ awslogs: { data: 'bm9uc2Vuc2U=' } })).rejects.toThrow(LogBatchError);
});
