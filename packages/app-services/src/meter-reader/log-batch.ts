import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { AppServicesError } from '../app-services-error';

/** What CloudWatch Logs hands to a function that subscribes to a log. */
export class LogBatchError extends AppServicesError {
  readonly name = 'LogBatchError';
}

const subscriptionSchema = z.object({ awslogs: z.object({ data: z.string() }) });

const batchSchema = z.object({
  messageType: z.string(),
  logEvents: z.array(z.object({ timestamp: z.number(), message: z.string() })).default([]),
});

export interface LogLine {
  readonly at: Date;
  readonly text: string;
}

/**
 * The lines of a batch. @returns none for a message that only tries the subscription out
 * @throws LogBatchError when it is no such batch: only CloudWatch Logs may call
 */
export function linesOf(event: unknown): readonly LogLine[] {
  try {
    const { awslogs } = subscriptionSchema.parse(event);
    const text = gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8');
    const { messageType, logEvents } = batchSchema.parse(JSON.parse(text));
    if (messageType !== 'DATA_MESSAGE') return [];
    return logEvents.map(({ timestamp, message }) => ({ at: new Date(timestamp), text: message }));
  } catch (cause) {
    throw new LogBatchError(
      'the event is no batch of CloudWatch Logs; subscribe this function to a log group',
      {
        cause,
      },
    );
  }
}
