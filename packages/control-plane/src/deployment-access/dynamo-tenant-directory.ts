import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DirectoryEntry, StatusChange, TenantDirectory, TierChange } from './deployment-access';

/** Key `tenantId`; attributes `name`, `tier`, `status`, `usageKey`, `usageKeyId`, `onboardingId`, `updatedAt`. */
export class DynamoTenantDirectory implements TenantDirectory {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async admit({ tenantId, ...entry }: DirectoryEntry): Promise<void> {
    const attributes = Object.keys(entry);
    await this.client.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: { tenantId },
        UpdateExpression: `SET ${attributes.map((name) => `#${name} = :${name}`).join(', ')}, #status = if_not_exists(#status, :status)`,
        ExpressionAttributeNames: Object.fromEntries(
          [...attributes, 'status'].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(entry).map(([name, value]) => [`:${name}`, value])),
          ':status': 'provisioning',
        },
      }),
    );
  }

  setStatus({ status, ...change }: StatusChange): Promise<boolean> {
    return this.set('status', status, change);
  }

  setTier({ tier, ...change }: TierChange): Promise<boolean> {
    return this.set('tier', tier, change);
  }

  async knows(tenantId: string): Promise<boolean> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: { tenantId }, ConsistentRead: true }),
    );
    return Item !== undefined;
  }

  private async set(
    attribute: string,
    value: string,
    { tenantId, onboardingId, updatedAt }: Omit<StatusChange, 'status'>,
  ): Promise<boolean> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: { tenantId },
          UpdateExpression: `SET #attribute = :${attribute}, #updatedAt = :updatedAt`,
          ConditionExpression: '#onboardingId = :onboardingId',
          ExpressionAttributeNames: {
            '#attribute': attribute,
            '#updatedAt': 'updatedAt',
            '#onboardingId': 'onboardingId',
          },
          ExpressionAttributeValues: {
            [`:${attribute}`]: value,
            ':updatedAt': updatedAt,
            ':onboardingId': onboardingId,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async remove({ tenantId, onboardingId }: Pick<DirectoryEntry, 'tenantId' | 'onboardingId'>): Promise<void> {
    try {
      await this.client.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { tenantId },
          // True also when nothing is there.
          ConditionExpression: 'attribute_not_exists(#onboardingId) OR #onboardingId = :onboardingId',
          ExpressionAttributeNames: { '#onboardingId': 'onboardingId' },
          ExpressionAttributeValues: { ':onboardingId': onboardingId },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
