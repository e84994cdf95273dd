import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Something that could not be carried, whole, and why. */
export interface DeadLetter {
  /** As it came: what is sent on its way again. */
  readonly body: string;
  /** What is wrong, without values. */
  readonly reason: string;
}

/** Keeps what could not be carried. */
export type KeepDeadLetter = (letter: DeadLetter) => Promise<void>;

/** Longest reason that a letter bears. */
const MAX_REASON = 500;

/** Keeps dead letters in a queue; the reason is the message's attribute `reason`. */
export function deadLetterQueue(client: SQSClient, queueUrl: string): KeepDeadLetter {
  return async ({ body, reason }) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: reason.slice(0, MAX_REASON) },
        },
      }),
    );
  };
}
