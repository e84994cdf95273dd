import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DirectoryEntry, StatusChange, TenantDirectory } from './deployment-access';

/** Key `tenantId`; attributes `name`, `tier`, `status`, `usageKey`, `usageKeyId`, `registrationId`, `updatedAt`. */
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

  async setStatus({ tenantId, registrationId, status, updatedAt }: StatusChange): Promise<boolean> {
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: { tenantId },
          UpdateExpression: 'SET #status = :status, #updatedAt = :updatedAt',
          ConditionExpression: '#registrationId = :registrationId',
          ExpressionAttributeNames: {
            '#status': 'status',
            '#updatedAt': 'updatedAt',
            '#registrationId': 'registrationId',
          },
          ExpressionAttributeValues: {
            ':status': status,
            ':updatedAt': updatedAt,
            ':registrationId': registrationId,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
