import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

/** The client, refusing what DynamoDB refuses and the engine does not: a transaction on an item that another holds. */
export function contended(client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const held = new Set<string>();
  const send = async (command: TransactWriteCommand) => {
    if (!(command instanceof TransactWriteCommand)) return client.send(command);
    const keys = (command.input.TransactItems ?? []).map((item) => {
      const { Key, Item } = Object.values(item)[0] as { Key?: object; Item?: { pk: string; sk: string } };
      return JSON.stringify(Key ?? { pk: Item?.pk, sk: Item?.sk });
    });
    if (keys.some((key) => held.has(key)))
      throw new TransactionCanceledException({
        message: 'held',
        $metadata: {},
        CancellationReasons: keys.map((key) => ({ Code: held.has(key) ? 'TransactionConflict' : 'None' })),
      });
    for (const key of keys) held.add(key);
    try {
      return await client.send(command);
    } finally {
      for (const key of keys) held.delete(key);
    }
  };
  return { send } as unknown as DynamoDBDocumentClient;
}
