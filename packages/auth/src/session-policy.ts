import type { TenantRole } from '@granary/api';

/** Item actions by role. Named one by one: a wild card would let in Scan and PartiQL, which name no key. */
const ITEM_ACTIONS: Readonly<Record<TenantRole, readonly string[]>> = {
  TenantAdmin: [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ],
  // Without BatchWriteItem too: it is one action for puts and deletes.
  TenantUser: [
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ],
};

/** Object actions by role, for tenants' prefixes of buckets; the tenant role reaches none unless it is granted one. */
const OBJECT_ACTIONS: Readonly<Record<TenantRole, readonly string[]>> = {
  TenantAdmin: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  TenantUser: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
};

/** The S3 actions that a role's session may use below its tenant's prefixes. */
export function tenantObjectActions(role: TenantRole): readonly string[] {
  return OBJECT_ACTIONS[role];
}

/** The DynamoDB actions that a role's session may use; the tenant role grants those of TenantAdmin, the widest. */
export function tenantItemActions(role: TenantRole): readonly string[] {
  return ITEM_ACTIONS[role];
}

/** Keys of the session tags that the authorizer sets; the tenant role's trust policy requires TenantId. */
export const TENANT_SESSION_TAGS = ['TenantId', 'Role', 'Tier'] as const;

/**
 * The inline session policy of a role, as JSON (STS takes 2,048 characters).
 *
 * Its resource is `*` because a session policy can only narrow: what the session may touch is the tenant
 * role's tables and buckets, and in them what is of its TenantId tag, in the role's own policy, whatever is
 * written here.
 */
export function sessionPolicy(role: TenantRole): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: [...tenantItemActions(role), ...tenantObjectActions(role)], Resource: '*' },
    ],
  });
}
