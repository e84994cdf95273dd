import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { AuditEntry, OperatorRole } from '@granary/api';
import { request, silentTelemetry } from '../rehearsal/gateway-event';
import { eventsService } from './events-service';

/** Queues in memory, by URL: a message that was received is not handed out again. */
function queues(contents: Readonly<Record<string, readonly string[]>>) {
  const stored = new Map(Object.entries(contents).map(([url, bodies]) => [url, [...bodies]]));
  const seen = new Map<string, string>();
  const of = (url: string | undefined) => stored.get(url as string) ?? [];
  const send = async (command: unknown) => {
    if (command instanceof ReceiveMessageCommand) {
      const { QueueUrl, MaxNumberOfMessages = 1 } = command.input;
      const bodies = of(QueueUrl).splice(0, MaxNumberOfMessages);
      for (const body of bodies) seen.set(body, QueueUrl as string);
      return { Messages: bodies.map((Body) => ({ Body, ReceiptHandle: Body })) };
    }
    if (command instanceof SendMessageCommand) {
      const { QueueUrl, MessageBody } = command.input;
      if (MessageBody === 'poison') throw new Error('too large');
      stored.set(QueueUrl as string, [...of(QueueUrl), MessageBody as string]);
      return {};
    }
    if (command instanceof DeleteMessageCommand) return seen.delete(command.input.ReceiptHandle as string);
    if (command instanceof GetQueueAttributesCommand) {
      const held = [...seen.values()].filter((url) => url === command.input.QueueUrl).length;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(of(command.input.QueueUrl).length),
          ApproximateNumberOfMessagesNotVisible: String(held),
        },
      };
    }
    throw new Error('not known');
  };
  return { client: { send } as unknown as SQSClient, of };
}

function service(contents: Readonly<Record<string, readonly string[]>>) {
  const { client, of } = queues(contents);
  const lines: AuditEntry[] = [];
  const handler = eventsService({
    client,
    routes: {
      outbox: { from: 'outbox-dead', to: 'outbox' },
      received: { from: 'received-dead', to: 'received' },
    },
    audit: async (line) => void lines.push(line),
    telemetry: silentTelemetry().telemetry,
  });
  const redrive = (body: object, role: OperatorRole = 'SystemAdmin') =>
    request(handler, { method: 'POST', resource: '/events/redrive', body, role });
  const count = () =>
    request(handler, { method: 'GET', resource: '/events/dead-letters', role: 'CustomerSupport' });
  return { redrive, count, of, lines };
}

const letters = (count: number) => Array.from({ length: count }, (_, index) => `letter ${index}`);

test('dead letters set out again from the queue that they failed in, as many as asked for', async () => {
  const { redrive, count, of, lines } = service({ 'received-dead': letters(25), 'outbox-dead': letters(1) });
  const { body } = await redrive({ queue: 'received', limit: 12 });
  expect(body).toEqual({ queue: 'received', redriven: 12 });
  expect(of('received')).toEqual(letters(12));
  expect((await count()).body.queues).toEqual([
    { queue: 'outbox', waiting: 1 },
    { queue: 'received', waiting: 13 },
  ]);
  expect(lines).toMatchObject([{ action: 'redriveDeadLetters', subject: 'received', result: 'succeeded' }]);
});

test('all that are there set out when more are asked for', async () => {
  const { redrive } = service({ 'outbox-dead': letters(3) });
  expect((await redrive({ queue: 'outbox' })).body.redriven).toBe(3);
});

test('a letter that cannot be sent stays among the dead', async () => {
  const { redrive, count, lines } = service({ 'received-dead': ['poison'] });
  expect((await redrive({ queue: 'received' })).status).toBe(500);
  expect((await count()).body.queues).toContainEqual({ queue: 'received', waiting: 1 });
  expect(lines).toMatchObject([{ result: 'failed' }]);
});

test.each<[string, object, OperatorRole, number]>([
  ['support', { queue: 'received' }, 'CustomerSupport', 403],
  ['a queue that there is not', { queue: 'other' }, 'SystemAdmin', 400],
  ['more than a request can move', { queue: 'received', limit: 1000 }, 'SystemAdmin', 400],
])('%s is refused, and the log knows', async (_what, body, role, status) => {
  const { redrive, lines } = service({ 'received-dead': letters(1) });
  expect((await redrive(body, role)).status).toBe(status);
  expect(lines).toMatchObject([{ result: 'refused', status }]);
});
