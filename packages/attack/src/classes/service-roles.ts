import type { EngineCredentials } from '@granary/local';
import { sdkAnswer } from '../answer';
import type { Attempt } from '../attempt';
import type { Field, TenantField } from '../field/field';
import { direct, foreignOperations, type Operation, rowKey } from './direct-dynamodb';
import { assumeTenantRole, authorizerSts, serviceSts } from './tenant-ids';

const KIND = "execution roles, as if a service's code were the attacker's";

/** The services' own roles at tenants' rows and at the tenant role; the authorizer's at the rows. */
export async function serviceRoleAttempts(field: Field): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const seen = new Set<string>();
  for (const victim of field.tenants) {
    const { deploymentId, serviceRoles, authorizerRole } = victim.deployment;
    if (seen.has(deploymentId)) continue;
    seen.add(deploymentId);
    for (const roleArn of [...serviceRoles, authorizerRole])
      attempts.push(...(await atRows(field, roleArn, victim)));
    for (const roleArn of serviceRoles) attempts.push(await atTenantRole(field, roleArn, victim));
  }
  return attempts;
}

async function atRows(field: Field, roleArn: string, victim: TenantField): Promise<Attempt[]> {
  const { productTable, region } = victim.deployment;
  const credentials = await field.cloud.serviceSession('lambda.amazonaws.com', roleArn);
  const operations = foreignOperations(
    productTable,
    'nobody',
    victim.tenantId,
    `PRODUCT#${victim.products[0]}`,
  );
  const who = `${roleArn.split('/').pop()} at ${victim.tenantId}`;
  return direct(field, who, 'nobody', region, credentials, operations, 'refused', KIND);
}

async function atTenantRole(
  field: Field,
  roleArn: string,
  { deployment, tenantId }: TenantField,
): Promise<Attempt> {
  const sts = await serviceSts(field, deployment, roleArn);
  const tags = { TenantId: tenantId, Role: 'TenantAdmin', Tier: 'basic' };
  return {
    kind: KIND,
    name: `${roleArn.split('/').pop()} assumes the tenant role for ${tenantId}`,
    expected: 'refused',
    tenantId: 'nobody',
    run: () => sdkAnswer('STS', sts.send(assumeTenantRole(deployment, tags))),
  };
}

/** A session of a tenant's user as the authorizer makes it, with the inline policy or without. */
export async function userSession(
  field: Field,
  { deployment, tenantId, tier }: TenantField,
  inlinePolicy: boolean,
): Promise<EngineCredentials> {
  const sts = await authorizerSts(field, deployment);
  const tags = { TenantId: tenantId, Role: 'TenantUser', Tier: tier };
  const command = assumeTenantRole(deployment, tags, inlinePolicy ? 'TenantUser' : null);
  const { Credentials: given } = await sts.send(command);
  sts.destroy();
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: field.secrets.keep('secret access key', given?.SecretAccessKey ?? ''),
    sessionToken: field.secrets.keep('session token', given?.SessionToken ?? ''),
  };
}

/** What a tenant's user may not do with such a session, though its administrator may. */
export async function userDeletions(
  field: Field,
  tenant: TenantField,
  inlinePolicy: boolean,
): Promise<Attempt[]> {
  const { deployment, tenantId } = tenant;
  const Key = rowKey(tenantId, 'PRODUCT#nothing');
  const { productTable: TableName, region } = deployment;
  const credentials = await userSession(field, tenant, inlinePolicy);
  const deletion: Operation = ['DeleteItem', { TableName, Key }];
  return direct(field, `${tenantId}'s user`, tenantId, region, credentials, [deletion], 'refused', KIND);
}
