import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCES, INGEST_USAGE, MAX_RECORDS_OF_EVENT, type UsageRecord } from '@granary/api';
import { AppServicesError } from '../app-services-error';
import { usageIn } from './line-usage';
import { linesOf } from './log-batch';

/** The bus did not take the records. The same batch is to be read again: it counts once. */
export class UsageNotTakenError extends AppServicesError {
  readonly name = 'UsageNotTakenError';
}

/** EventBridge takes 256 KB in a call, the envelope included. */
const MAX_EVENT_BYTES = 200_000;

export interface MeterReaderOptions {
  readonly client: EventBridgeClient;
  readonly eventBusArn: string;
  readonly region: string;
}

/**
 * Reads the usage out of a batch of log lines and sends it to the control plane. Whoever calls it calls it again
 * with the same batch when it fails: the records have the ids of what happened, and the receiver counts each once.
 * @throws LogBatchError, UsageNotTakenError, and what the client throws
 */
export function meterReader({ client, eventBusArn, region }: MeterReaderOptions) {
  return async (event: unknown): Promise<{ readonly records: number }> => {
    const records = linesOf(event).flatMap((line) => usageIn(line, region) ?? []);
    for (const detail of details(records)) {
      const answer = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: eventBusArn,
              Source: EVENT_SOURCES.applicationPlane,
              DetailType: INGEST_USAGE,
              Detail: detail,
            },
          ],
        }),
      );
      const [entry] = answer.Entries ?? [];
      if (answer.FailedEntryCount || !entry?.EventId)
        throw new UsageNotTakenError(`the bus did not take usage: ${entry?.ErrorCode ?? 'no answer'}`);
    }
    return { records: records.length };
  };
}

/** The details of as few events as hold the records. */
function details(records: readonly UsageRecord[]): string[] {
  const details: string[] = [];
  let texts: string[] = [];
  let bytes = 0;
  const close = () => {
    if (texts.length > 0) details.push(`{"records":[${texts.join(',')}]}`);
    texts = [];
    bytes = 0;
  };
  for (const record of records) {
    const text = JSON.stringify(record);
    if (texts.length === MAX_RECORDS_OF_EVENT || bytes + text.length > MAX_EVENT_BYTES) close();
    texts.push(text);
    bytes += text.length;
  }
  close();
  return details;
}
