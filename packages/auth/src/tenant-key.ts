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
