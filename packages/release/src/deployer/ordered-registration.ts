import { type DeploymentRegistration, deploymentRegistrationSchema } from '@granary/api';
import { rowTablesSchema, usagePlanIdsSchema } from '../registration/registration-settings';
import { RegistrationError } from '../registration/step-error';
import type { DeployOrder } from './deploy-order';

/**
 * What the control plane is told of a deployment, from its order and its stack's outputs.
 * @throws RegistrationError where an output is missing or the order's tenant is
 */
export function orderedRegistration(
  order: DeployOrder,
  outputs: Readonly<Record<string, string>>,
): DeploymentRegistration {
  const { deploymentId, kind, account, region, wave, release, tenant } = order;
  const plans = usagePlanIdsSchema.safeParse(outputs.UsagePlanIds);
  const registration = deploymentRegistrationSchema.safeParse({
    ...{ deploymentId, kind, account, region, wave, release },
    apiUrl: outputs.ApiUrl,
    userPoolId: outputs.UserPoolId,
    userPoolClientId: outputs.UserPoolClientId,
    provisioningRoleArn: outputs.ProvisioningRoleArn,
    tenantTableName: outputs.TenantTableName,
    usagePlanIds: plans.success ? plans.data : outputs.UsagePlanIds,
    ...dataOf(outputs),
    ...usersOf(outputs),
    ...(kind === 'silo' ? { tenant } : {}),
  });
  const missing = kind === 'silo' && !tenant ? ['tenant: the order of a silo names its tenant'] : [];
  if (registration.success && missing.length === 0) return registration.data;
  const faults = registration.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  throw new RegistrationError(
    `deployment "${deploymentId}" cannot be registered: ${[...missing, ...faults].join('; ')}`,
  );
}

/** Where the users are listed; a release from before there was a list has none of it. */
function usersOf({
  UsersRoleArn: roleArn,
  UserTableName: tableName,
}: Readonly<Record<string, string>>): object {
  return roleArn && tableName ? { users: { roleArn, tableName } } : {};
}

/** Where the rows are; a release from before there was a role for them has none of it. */
function dataOf({ DataRoleArn, TenantRoleName, TenantRowTables }: Readonly<Record<string, string>>): object {
  const tables = rowTablesSchema.safeParse(TenantRowTables);
  if (!DataRoleArn || !TenantRoleName || !tables.success) return {};
  return { data: { roleArn: DataRoleArn, tenantRoleName: TenantRoleName, tables: tables.data } };
}
