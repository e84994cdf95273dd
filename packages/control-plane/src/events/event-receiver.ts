import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type ReceiveDependencies, receive } from './receive';

/** The function that takes the application plane's events from their queue, each by itself. */
export function eventReceiver(
  dependencies: ReceiveDependencies,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  const take = ({ body }: SQSRecord) => receive(body, dependencies);
  return (event, context) =>
    processPartialResponse(event, take, new BatchProcessor(EventType.SQS), {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    });
}
