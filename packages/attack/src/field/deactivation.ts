import { APIGatewayClient, FlushStageAuthorizersCacheCommand } from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Field, TenantField } from './field';

/** Sets a tenant's status in its deployment's directory, as root: what an operator's deactivation comes to. */
export async function setStatus(field: Field, tenant: TenantField, status: string): Promise<void> {
  const { account, region, tenantTable } = tenant.deployment;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(field.cloud.clientConfig(account, region)));
  await client.send(
    new UpdateCommand({
      TableName: tenantTable,
      Key: { tenantId: tenant.tenantId },
      UpdateExpression: 'SET #s = :s',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':s': status },
    }),
  );
  client.destroy();
}

/** Makes the gateway forget what its authorizer answered, as the end of the answers' 300 s does. */
export async function flushGateway(field: Field, { deployment }: TenantField): Promise<void> {
  const { account, region, apiId } = deployment;
  const client = new APIGatewayClient(field.cloud.clientConfig(account, region));
  await client.send(new FlushStageAuthorizersCacheCommand({ restApiId: apiId, stageName: 'prod' }));
  client.destroy();
}
