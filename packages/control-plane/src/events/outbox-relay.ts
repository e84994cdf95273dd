import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { type CarryDependencies, carry } from './carry';

/** The control table's stream, or letters that are sent on their way again. */
export type RelayEvent = DynamoDBStreamEvent | SQSEvent;

/**
 * The function that empties the outbox. One record after another, in the stream's order; a record that fails is
 * reported, so that Lambda comes again with it and those behind it, and with nothing else.
 */
export function outboxRelay(
  dependencies: CarryDependencies,
): (event: RelayEvent, context: Context) => Promise<SQSBatchResponse> {
  const fromStream = async ({ dynamodb }: DynamoDBRecord) => {
    // A record without an image is of an item that expired or was removed.
    if (!dynamodb?.NewImage) return;
    const item = unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]);
    await carry(item, new Date((dynamodb.ApproximateCreationDateTime ?? 0) * 1000), dependencies);
  };
  const fromLetter = async ({ body, attributes }: SQSRecord) => {
    await carry(itemOf(body), new Date(Number(attributes.SentTimestamp)), dependencies);
  };
  return (event, context) => {
    const [first] = event.Records;
    const fromQueue = first !== undefined && 'eventSource' in first && first.eventSource === 'aws:sqs';
    const options = { context, processInParallel: false, throwOnFullBatchFailure: false } as const;
    if (fromQueue)
      return processPartialResponse(
        event as SQSEvent,
        fromLetter,
        new BatchProcessor(EventType.SQS),
        options,
      );
    const processor = new BatchProcessor(EventType.DynamoDBStreams);
    return processPartialResponse(event as DynamoDBStreamEvent, fromStream, processor, options);
  };
}

/** What a letter holds; one that holds no item becomes an item that is none, and is kept again with its reason. */
function itemOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const item: unknown = JSON.parse(body);
    return typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : { body };
  } catch {
    return { body };
  }
}
