import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ApiGatewayUsageKeys } from './api-gateway-usage-keys';
import { ApiGatewayUsagePlans } from './api-gateway-usage-plans';
import { CognitoTenantUsers } from './cognito-tenant-users';
import type { DeploymentAccess, OpenDeployment } from './deployment-access';
import { DynamoTenantDirectory } from './dynamo-tenant-directory';
import { roleSession } from './role-session';

/** Deployments whose clients are kept at the same time. */
const KEPT = 64;

/** Opens deployments by their provisioning roles; clients and sessions are kept from one task to the next. */
export function deploymentOpener(sts: STSClient, sessionName: string): OpenDeployment {
  const opened = new Map<string, DeploymentAccess>();
  return ({ provisioningRoleArn, region, userPoolId, tenantTableName }) => {
    const home = [provisioningRoleArn, region, userPoolId, tenantTableName].join('\n');
    const known = opened.get(home);
    if (known) return known;
    const credentials = roleSession({ sts, roleArn: provisioningRoleArn, sessionName });
    const gateway = new APIGatewayClient({ region, credentials });
    const access: DeploymentAccess = {
      usageKeys: new ApiGatewayUsageKeys(gateway),
      usagePlans: new ApiGatewayUsagePlans(gateway),
      directory: new DynamoTenantDirectory(
        DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials })),
        tenantTableName,
      ),
      users: new CognitoTenantUsers(new CognitoIdentityProviderClient({ region, credentials }), userPoolId),
    };
    // A map keeps the order of insertion: the first is the oldest.
    if (opened.size >= KEPT) opened.delete([...opened.keys()][0] as string);
    opened.set(home, access);
    return access;
  };
}
