import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoUserRows } from './dynamo-user-rows';
import { LastAdminRefusal, type RowChange, RowChangedRefusal } from './user-row';

const ROW = { userId: 'u', role: 'TenantAdmin', enabled: true, counted: true, version: 1 };
const CHANGE = { userName: 'ann@acme.example', row: ROW, admins: 1 } as unknown as RowChange;

/** Rows whose client answers with these codes of a cancelled transaction, in turn; then it takes it. */
function rowsWith(...cancelled: readonly string[][]) {
  const left = [...cancelled];
  let sent = 0;
  const send = async () => {
    sent += 1;
    const codes = left.shift();
    if (!codes) return {};
    throw new TransactionCanceledException({
      message: 'cancelled',
      $metadata: {},
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  };
  const rows = dynamoUserRows({ send } as unknown as DynamoDBDocumentClient, 'T', 'P');
  return { rows, sent: () => sent };
}

const CONFLICT = ['None', 'TransactionConflict'];

it('a change that meets another of the same count is sent again', async () => {
  const { rows, sent } = rowsWith(CONFLICT, CONFLICT);
  await rows.write(CHANGE);
  expect(sent()).toBe(3);
});

it('one that always meets others is a problem that says to send it again', async () => {
  const { rows, sent } = rowsWith(...Array<string[]>(99).fill(CONFLICT));
  await expect(rows.write(CHANGE)).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
  expect(sent()).toBe(12);
});

it('what the directory refuses is told apart by its place, and not sent again', async () => {
  const { rows, sent } = rowsWith(
    ['ConditionalCheckFailed', 'TransactionConflict'],
    ['None', 'ConditionalCheckFailed'],
  );
  await expect(rows.write(CHANGE)).rejects.toThrow(RowChangedRefusal);
  await expect(rows.write(CHANGE)).rejects.toThrow(LastAdminRefusal);
  expect(sent()).toBe(2);
});
