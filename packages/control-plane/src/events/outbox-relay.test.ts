import { marshall } from '@aws-sdk/util-dynamodb';
import type { AuditEntry } from '@granary/api';
import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import type { Item, Write } from '../control-table/control-table';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryAuditStore } from '../rehearsal/memory-audit-store';
import type { DeadLetter } from './dead-letters';
import { outboxAudit, outboxEvent } from './outbox';
import type { CarriedEvent } from './outbox-item';
import { outboxRelay } from './outbox-relay';
import { publishedEvent } from './published-event';

const AT = '2026-01-01T00:00:00.000Z';
const CONTEXT = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 } as Context;

const ENTRY: AuditEntry = {
  entryId: 'request:1234',
  at: AT,
  actor: { kind: 'anonymous' },
  action: 'createRegistration',
  tenantId: 'acme',
  result: 'succeeded',
};
const DEACTIVATE = publishedEvent(
  { eventId: 'op-1:begin', detailType: 'sbt_aws_deactivateRequest', detail: { tenantId: 'acme' } },
  AT,
);

const itemOf = (write: Write) => (write as { item: Item }).item;

function streamed(item: Item, sequence: number): DynamoDBRecord {
  return {
    eventSource: 'aws:dynamodb',
    eventName: 'INSERT',
    dynamodb: {
      SequenceNumber: String(sequence),
      ApproximateCreationDateTime: Date.parse(AT) / 1000,
      NewImage: marshall(item, { removeUndefinedValues: true }) as never,
    },
  };
}

function relay(options: { readonly publish?: () => Promise<void>; readonly minutes?: number } = {}) {
  const published: CarriedEvent[] = [];
  const letters: DeadLetter[] = [];
  const store = new MemoryAuditStore();
  const handler = outboxRelay({
    publish: options.publish ?? (async (event) => void published.push(event)),
    store,
    keep: async (letter) => void letters.push(letter),
    now: () => new Date(Date.parse(AT) + (options.minutes ?? 0) * 60_000),
    logger: silentTelemetry().telemetry.logger,
  });
  const run = (...records: (DynamoDBRecord | SQSRecord)[]) => handler({ Records: records } as never, CONTEXT);
  return { run, published, letters, store };
}

test('an event goes to the bus with its version and its id', async () => {
  const { run, published } = relay();
  await run(streamed(itemOf(DEACTIVATE), 1));
  expect(published).toEqual([
    {
      eventId: 'op-1:begin',
      detailType: 'sbt_aws_deactivateRequest',
      at: AT,
      detail: { tenantId: 'acme', version: 1, eventId: 'op-1:begin' },
    },
  ]);
});

test('a line goes to the chain of its tenant, once, however often it comes', async () => {
  const { run, store } = relay();
  const item = itemOf(outboxAudit(ENTRY));
  await run(streamed(item, 1), streamed(item, 2));
  await run(streamed(item, 1));
  expect(store.links).toMatchObject([{ chain: 'acme', sequence: 1, entry: ENTRY }]);
});

test.each<[string, Item]>([
  [
    'a detail that its type does not have',
    itemOf(
      outboxEvent({ eventId: 'e', detailType: 'sbt_aws_deactivateRequest', detail: { tenant: 'x' } }, AT),
    ),
  ],
  ['a type that nobody knows', itemOf(outboxEvent({ eventId: 'e', detailType: 'other', detail: {} }, AT))],
  ['a line that is none', { pk: 'AUDIT#x', sk: 'OUTBOX', entry: { entryId: 'x' } }],
])('%s is kept with its reason, and holds nobody up', async (_what, item) => {
  const { run, published, letters } = relay();
  const answer = await run(streamed(item, 1), streamed(itemOf(DEACTIVATE), 2));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(letters).toEqual([{ body: JSON.stringify(item), reason: expect.any(String) }]);
  expect(letters[0]?.reason.length).toBeGreaterThan(5);
  expect(published).toHaveLength(1);
});

describe('while the bus takes nothing', () => {
  const publish = async () => {
    throw Object.assign(new Error('busy'), { name: 'ThrottlingException' });
  };

  test('an event is reported, so that it comes again', async () => {
    const { run, letters } = relay({ publish });
    expect(await run(streamed(itemOf(DEACTIVATE), 7))).toEqual({
      batchItemFailures: [{ itemIdentifier: '7' }],
    });
    expect(letters).toEqual([]);
  });

  test('one that waited a quarter of an hour is kept, and those behind it go on', async () => {
    const { run, letters, store } = relay({ publish, minutes: 15 });
    const answer = await run(streamed(itemOf(DEACTIVATE), 7), streamed(itemOf(outboxAudit(ENTRY)), 8));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(letters).toMatchObject([{ reason: 'ThrottlingException' }]);
    expect(store.links).toHaveLength(1);
  });
});

test('a letter that is sent on its way again is carried', async () => {
  const { run, published, letters } = relay();
  const letter = (body: string): SQSRecord =>
    ({ eventSource: 'aws:sqs', messageId: 'm', body, attributes: { SentTimestamp: '0' } }) as never;
  await run(letter(JSON.stringify(itemOf(DEACTIVATE))), letter('no item'));
  expect(published).toHaveLength(1);
  expect(letters).toMatchObject([{ reason: 'is no item of the outbox' }]);
});

test('an item that expired is passed over', async () => {
  const { run, letters } = relay();
  const { dynamodb, ...rest } = streamed(itemOf(DEACTIVATE), 1);
  const { NewImage, ...keys } = dynamodb ?? {};
  expect(await run({ ...rest, eventName: 'REMOVE', dynamodb: keys })).toEqual({ batchItemFailures: [] });
  expect(letters).toEqual([]);
});
