import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ControlTable } from './control-table';
import { DynamoControlTable } from './dynamo-control-table';

/** The control table, by the function's own credentials and region. */
export function openControlTable(tableName: string): ControlTable {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return new DynamoControlTable({ client, tableName });
}
