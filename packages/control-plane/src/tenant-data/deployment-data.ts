import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import type { DeploymentRecord } from '../deployment/deployment-record';
import { roleSession } from '../deployment-access/role-session';
import { DynamoRows } from './dynamo-rows';
import { TenantDataRefusedError } from './tenant-data-error';
import type { TenantTables } from './tenant-rows';
import { RoleWriteGate, type WriteGate } from './write-gate';

/** What the data function reaches of one tenant in one deployment. */
export interface TenantData {
  readonly tables: TenantTables;
  readonly gate: WriteGate;
}

/** @throws TenantDataRefusedError when the deployment's release knows no such role yet */
export type OpenTenantData = (deployment: DeploymentRecord, tenantId: string) => TenantData;

/** Opens deployments by their data roles: each session is tagged with the tenant, whose rows alone it reaches. */
export function tenantDataOpener(sts: Pick<STSClient, 'send'>, sessionName: string): OpenTenantData {
  return ({ deploymentId, region, data }, tenantId) => {
    if (!data)
      throw new TenantDataRefusedError(
        `deployment "${deploymentId}" was registered by a release without a role for its data: release it again`,
      );
    const credentials = roleSession({
      sts,
      roleArn: data.roleArn,
      sessionName,
      tags: { TenantId: tenantId },
    });
    const client = new DynamoDBClient({ region, credentials, maxAttempts: 8 });
    return {
      tables: new Map(
        Object.entries(data.tables).map(([name, tableName]) => [
          name,
          new DynamoRows({ client, tableName, tenantId }),
        ]),
      ),
      gate: new RoleWriteGate(new IAMClient({ region, credentials }), data.tenantRoleName, tenantId),
    };
  };
}
