import { AssumeRoleCommand, type Credentials, type STSClient } from '@aws-sdk/client-sts';
import type { TenantCredentials } from './authorizer-context';
import { TenantCredentialsError } from './errors';
import type { AssumeTenantRole } from './tenant-credentials';

/** Assumes the tenant role by STS. The tags are not transitive: nothing is assumed from a tenant's session. */
export function stsSession(sts: STSClient): AssumeTenantRole {
  return async ({ roleArn, sessionName, durationSeconds, policy, tags }) => {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: durationSeconds,
        Policy: policy,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return issued(tags.TenantId, given);
  };
}

/**
 * What STS gave, whole.
 * @throws TenantCredentialsError
 */
export function issued(tenantId: string, given: Credentials | undefined): TenantCredentials {
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration)
    throw new TenantCredentialsError(tenantId, 'STS answered without credentials');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiresAt: given.Expiration,
  };
}
