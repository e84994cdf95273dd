import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TooManyRequestsProblem } from '@granary/api';

/** DynamoDB's own bound. */
const KEYS_PER_CALL = 100;
const ATTEMPTS = 6;
const FIRST_PAUSE = 25;

export type Row = Readonly<Record<string, unknown>>;

export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

export interface BatchReadOptions {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  /** No two alike. */
  readonly keys: readonly RowKey[];
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * The rows of `keys` that exist, strongly consistent, in no order. Keys that DynamoDB leaves for later are asked
 * for again after a pause that doubles, with full jitter.
 * @throws TooManyRequestsProblem when some are left after 6 attempts
 */
export async function batchRead({ documents, tableName, keys, pause }: BatchReadOptions): Promise<Row[]> {
  const rows: Row[] = [];
  let left: readonly RowKey[] = keys;
  let fruitless = 0;
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await documents.send(
      new BatchGetCommand({
        RequestItems: { [tableName]: { Keys: left.slice(0, KEYS_PER_CALL), ConsistentRead: true } },
      }),
    );
    const found = Responses?.[tableName] ?? [];
    const unprocessed = (UnprocessedKeys?.[tableName]?.Keys ?? []) as unknown as readonly RowKey[];
    rows.push(...found);
    left = [...unprocessed, ...left.slice(KEYS_PER_CALL)];
    if (unprocessed.length === 0) {
      fruitless = 0;
      continue;
    }
    fruitless += 1;
    if (fruitless === ATTEMPTS)
      throw new TooManyRequestsProblem('the store is busy with your requests; try again shortly');
    await pause(Math.random() * FIRST_PAUSE * 2 ** (fruitless - 1));
  }
  return rows;
}
