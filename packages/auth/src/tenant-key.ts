/** Every partition key of a tenant's rows starts with it; the tenant role's policy is written with it. */
export const TENANT_KEY_PREFIX = 'TENANT#';

/**
 * The partition key of one shard of a tenant's rows: `TENANT#acme#0`. The separator behind the id matters: a
 * policy for `TENANT#acme#*` does not reach tenant `acme-2`.
 * @param shard from 0; less than the tier's number of shards
 */
export function tenantPartitionKey(tenantId: string, shard: number): string {
  return `${TENANT_KEY_PREFIX}${tenantId}#${shard}`;
}

/** What `dynamodb:LeadingKeys` must be like, in a policy whose session carries the tag TenantId. */
export const TENANT_LEADING_KEYS = `${TENANT_KEY_PREFIX}\${aws:PrincipalTag/TenantId}#*`;

/** Folder of a bucket in which each tenant has one of its own. */
export const TENANT_FOLDER = 'tenants';

/** What every key of a tenant's objects begins with: `tenants/acme/`. The slash behind the id matters, as above. */
export function tenantObjectPrefix(tenantId: string, folder: string = TENANT_FOLDER): string {
  return `${folder}/${tenantId}/`;
}

/**
 * The key of a tenant's object: `tenants/acme/invoices/1.pdf`.
 * @param name within the tenant's folder
 */
export function tenantObjectKey(tenantId: string, name: string, folder: string = TENANT_FOLDER): string {
  return `${tenantObjectPrefix(tenantId, folder)}${name}`;
}

/** What stands for the tenant in a policy whose session carries the tag TenantId. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
export const TENANT_ID_VARIABLE = '${aws:PrincipalTag/TenantId}';
