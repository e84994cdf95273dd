import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type WireAnswer, wire } from '../rehearsal/wire';
import { DynamoTenantDirectory } from './dynamo-tenant-directory';

const ENTRY = {
  tenantId: 'acme',
  name: 'Acme',
  tier: 'platinum',
  usageKey: 'secret',
  usageKeyId: 'k1',
  onboardingId: 'r1',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
const CHANGE = {
  tenantId: 'acme',
  onboardingId: 'r1',
  status: 'active',
  updatedAt: ENTRY.updatedAt,
} as const;

function directoryOver(...answers: WireAnswer[]) {
  const { settings, sent } = wire(...answers);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  return { directory: new DynamoTenantDirectory(client, 'tenants'), sent };
}

test('admitting writes the entry and leaves the status of one that is there', async () => {
  const { directory, sent } = directoryOver({ body: {} });
  await directory.admit(ENTRY);
  expect(sent[0]).toMatchObject({
    operation: 'UpdateItem',
    body: {
      TableName: 'tenants',
      Key: { tenantId: { S: 'acme' } },
      UpdateExpression: expect.stringMatching(
        /#usageKey = :usageKey.*#status = if_not_exists\(#status, :status\)$/,
      ),
      ExpressionAttributeValues: { ':usageKey': { S: 'secret' }, ':status': { S: 'provisioning' } },
    },
  });
});

test('a status is changed only for the onboarding that admitted the tenant', async () => {
  const { directory, sent } = directoryOver({ body: {} }, { error: 'ConditionalCheckFailedException' });
  expect(await directory.setStatus(CHANGE)).toBe(true);
  expect(await directory.setStatus(CHANGE)).toBe(false);
  expect(sent[0]).toMatchObject({
    body: {
      ConditionExpression: '#onboardingId = :onboardingId',
      ExpressionAttributeValues: { ':onboardingId': { S: 'r1' }, ':status': { S: 'active' } },
    },
  });
});

test('an entry is taken out for the onboarding that admitted it, and left to any other', async () => {
  const { directory, sent } = directoryOver({ body: {} }, { error: 'ConditionalCheckFailedException' });
  await directory.remove(CHANGE);
  await directory.remove(CHANGE);
  expect(sent[0]).toMatchObject({
    operation: 'DeleteItem',
    body: {
      Key: { tenantId: { S: 'acme' } },
      ConditionExpression: 'attribute_not_exists(#onboardingId) OR #onboardingId = :onboardingId',
    },
  });
});

test('other errors pass', async () => {
  const { directory } = directoryOver({ error: 'AccessDeniedException' });
  await expect(directory.setStatus(CHANGE)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
