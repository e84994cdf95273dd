import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '@granary/api';

/** The URLs of a queue of dead letters, and of the queue that its letters set out from again. */
export interface RedriveRoute {
  readonly from: string;
  readonly to: string;
}

export interface RedriveDependencies {
  readonly client: SQSClient;
  readonly routes: Readonly<Record<DeadLetterQueue, RedriveRoute>>;
}

/** Most that SQS hands out at once. */
const BATCH = 10;

/**
 * Sends dead letters on their way again, `limit` at most. A letter leaves its queue only when it is in the other: one
 * that is cut off in between goes twice, which the carriers bear.
 * @returns how many set out
 */
export async function redrive(
  queue: DeadLetterQueue,
  limit: number,
  { client, routes }: RedriveDependencies,
): Promise<number> {
  const { from, to } = routes[queue];
  let sent = 0;
  while (sent < limit) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: from,
        MaxNumberOfMessages: Math.min(BATCH, limit - sent),
        // Long enough for this request; a letter that comes back meanwhile is not sent a second time.
        VisibilityTimeout: 60,
      }),
    );
    if (Messages.length === 0) return sent;
    for (const message of Messages) await move(message, from, to, client);
    sent += Messages.length;
  }
  return sent;
}

async function move({ Body, ReceiptHandle }: Message, from: string, to: string, client: SQSClient) {
  await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
  await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
}

/** How many letters a queue holds, those included that somebody looks at just now; approximate, as SQS counts. */
export async function countLetters(
  queue: DeadLetterQueue,
  { client, routes }: RedriveDependencies,
): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: routes[queue].from,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: seen } = Attributes;
  return Number(waiting ?? 0) + Number(seen ?? 0);
}
