import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ContentionProblem } from '@granary/api';
import { type Write, WriteRefusedError } from './control-table';
import { DynamoControlTable } from './dynamo-control-table';
import { transactItem } from './transact-item';

const WRITE: Write = {
  type: 'update',
  key: { pk: 'P', sk: 'S' },
  set: { status: 'active', gone: undefined },
  add: { tenants: 1 },
  expect: { kind: 'equal', attribute: 'revision', value: 3 },
};

function cancelled(...codes: string[]): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

/** A table whose client answers with these, in turn; an error is thrown. */
function tableWith(...answers: unknown[]) {
  const sent: unknown[] = [];
  const waits: number[] = [];
  const send = async (command: { input: unknown }) => {
    sent.push(command.input);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = { send } as unknown as DynamoDBDocumentClient;
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  return { table: new DynamoControlTable({ client, tableName: 'T', tries: 3, wait }), sent, waits };
}

test('an update names every attribute by placeholder and leaves out what is undefined', () => {
  expect(transactItem(WRITE, 'T')).toEqual({
    Update: {
      TableName: 'T',
      Key: { pk: 'P', sk: 'S' },
      UpdateExpression: 'SET #s0 = :s0 ADD #a0 :a0',
      ConditionExpression: '#c = :c',
      ExpressionAttributeNames: { '#c': 'revision', '#s0': 'status', '#a0': 'tenants' },
      ExpressionAttributeValues: { ':c': 3, ':s0': 'active', ':a0': 1 },
    },
  });
});

test('what must be absent is checked by its key, without values', () => {
  expect(transactItem({ type: 'check', key: WRITE.key, expect: { kind: 'absent' } }, 'T')).toEqual({
    ConditionCheck: {
      TableName: 'T',
      Key: { pk: 'P', sk: 'S' },
      ConditionExpression: 'attribute_not_exists(#c)',
      ExpressionAttributeNames: { '#c': 'pk' },
    },
  });
});

test('a transaction that meets another one is sent again', async () => {
  const { table, sent, waits } = tableWith(
    cancelled('TransactionConflict'),
    cancelled('None', 'TransactionConflict'),
    {},
  );
  await table.write([WRITE]);
  expect([sent.length, waits.length]).toEqual([3, 2]);
});

test('it is not sent for ever, and the error says that it may be later', async () => {
  const conflict = cancelled('TransactionConflict');
  const { table, sent } = tableWith(conflict, conflict, conflict, {});
  await expect(table.write([WRITE])).rejects.toThrow(ContentionProblem);
  expect(sent).toHaveLength(3);
});

test('an expectation that does not hold is told with its place, and not sent again', async () => {
  const { table, sent } = tableWith(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
  const refused = table.write([WRITE, WRITE]);
  await expect(refused).rejects.toThrow(WriteRefusedError);
  await expect(refused).rejects.toMatchObject({ refused: [1] });
  expect(sent).toHaveLength(1);
});

test('any other error is the caller\u2019s', async () => {
  const error = new Error('no network');
  await expect(tableWith(error).table.write([WRITE])).rejects.toBe(error);
  const invalid = cancelled('ValidationError');
  await expect(tableWith(invalid).table.write([WRITE])).rejects.toBe(invalid);
});

test('reads by key are consistent; lists go through the index and start behind an item', async () => {
  const { table, sent } = tableWith({ Item: WRITE.key }, { Items: [WRITE.key], LastEvaluatedKey: {} });
  await table.get(WRITE.key);
  const after = { ...WRITE.key, listPk: 'L', listSk: 'pool#x', name: 'left out' };
  expect(await table.list({ list: 'L', prefix: 'pool#', limit: 2, after })).toEqual({
    items: [WRITE.key],
    more: true,
  });
  expect(sent).toMatchObject([
    { ConsistentRead: true },
    {
      IndexName: 'list',
      KeyConditionExpression: 'listPk = :list AND begins_with(listSk, :prefix)',
      ExclusiveStartKey: { pk: 'P', sk: 'S', listPk: 'L', listSk: 'pool#x' },
      Limit: 2,
    },
  ]);
  expect(JSON.stringify(sent)).not.toContain('left out');
});
