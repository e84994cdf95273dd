import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent } from 'aws-lambda';

const client = new DynamoDBClient({});

/**
 * One read by key: the least that a request to DynamoDB and back does. It logs a line, as every service does: the
 * engine waits 50 ms for the log of a function that writes none, which would flatter whatever is compared with it.
 * Environment: TABLE_NAME.
 */
export const handler = async ({ pathParameters }: APIGatewayProxyEvent) => {
  console.log(JSON.stringify({ message: 'read', productId: pathParameters?.productId }));
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env.TABLE_NAME,
      Key: { pk: { S: 'TENANT#acme#0' }, sk: { S: `PRODUCT#${pathParameters?.productId}` } },
    }),
  );
  return {
    statusCode: Item ? 200 : 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      Object.fromEntries(Object.entries(Item ?? {}).map(([name, { S, N }]) => [name, S ?? Number(N)])),
    ),
  };
};
