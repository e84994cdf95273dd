import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What requests to DynamoDB consumed, in request units. */
export interface ConsumedUnits {
  readonly read: number;
  readonly write: number;
}

/** Sums what the clients that it was put on consume. */
export interface ConsumedCapacity {
  /** Has every answer of the client say what it consumed: part of the answer, not a call of its own. */
  watch(client: DynamoDBClient): void;
  /** What was consumed since it was last asked. */
  take(): ConsumedUnits;
}

interface Answer {
  readonly ConsumedCapacity?: Consumed | readonly Consumed[];
}

interface Consumed {
  readonly CapacityUnits?: number;
}

const READS = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'ScanCommand',
  'TransactGetItemsCommand',
]);

/** Requests of one environment never overlap in Lambda, so one sum serves each of them in turn. */
export function consumedCapacity(): ConsumedCapacity {
  let read = 0;
  let write = 0;
  return {
    watch(client) {
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const answer = await next({
              ...args,
              input: { ReturnConsumedCapacity: 'TOTAL', ...args.input },
            });
            const units = unitsOf(answer.output as Answer);
            if (READS.has(commandName ?? '')) read += units;
            else write += units;
            return answer;
          },
        { step: 'initialize', name: 'consumedCapacity' },
      );
    },
    take() {
      const taken = { read, write };
      read = 0;
      write = 0;
      return taken;
    },
  };
}

function unitsOf({ ConsumedCapacity: consumed }: Answer): number {
  const each = Array.isArray(consumed)
    ? (consumed as readonly Consumed[])
    : consumed
      ? [consumed as Consumed]
      : [];
  return each.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
