import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { consumedCapacity } from './consumed-capacity';

let server: Server;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    asked.push(body.ReturnConsumedCapacity);
    const batch = String(request.headers['x-amz-target']).endsWith('BatchGetItem');
    const one = { TableName: 'products', CapacityUnits: 1.5 };
    const answer = { ConsumedCapacity: batch ? [one, one] : one };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('what reads and writes consume is summed apart, and told once', async () => {
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const capacity = consumedCapacity();
  capacity.watch(client);
  const documents = DynamoDBDocumentClient.from(client);
  const Key = { pk: 'a', sk: 'b' };
  await documents.send(new GetCommand({ TableName: 'products', Key }));
  await documents.send(new BatchGetCommand({ RequestItems: { products: { Keys: [Key] } } }));
  await documents.send(new PutCommand({ TableName: 'products', Item: Key }));
  expect(asked).toEqual(['TOTAL', 'TOTAL', 'TOTAL']);
  expect(capacity.take()).toEqual({ read: 4.5, write: 1.5 });
  expect(capacity.take()).toEqual({ read: 0, write: 0 });
  client.destroy();
});
