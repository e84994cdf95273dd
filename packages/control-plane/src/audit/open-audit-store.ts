import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoAuditStore } from './dynamo-audit-store';

/** The audit table, by the function's own credentials and region. */
export function openAuditStore(tableName: string): DynamoAuditStore {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return new DynamoAuditStore(client, tableName);
}
