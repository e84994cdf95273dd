import type { CredentialVending } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { CfnOIDCProvider, type IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IdentitySettings } from './deployment-settings';
import type { ServiceFunction } from './service-function';
import type { TenantRole, TenantRoleTrust } from './tenant-role';
import type { UserPool } from './user-pool';

export interface TrustProps {
  readonly credentialVending: CredentialVending;
  /** @default the deployment's user pool */
  readonly identity: IdentitySettings | undefined;
  readonly users: UserPool;
  readonly authorizer: IRole;
}

/** Who may take the tenant role. */
export function trustOf(scope: Construct, props: TrustProps): TenantRoleTrust {
  const { credentialVending, identity, users, authorizer } = props;
  if (credentialVending === 'authorizer') return { by: 'authorizer', role: authorizer };
  if (identity) {
    const { host } = identity;
    // An account holds one provider per issuer, which several deployments may share: it is the operator's to make.
    const { partition, account } = Stack.of(scope);
    const providerArn = `arn:${partition}:iam::${account}:oidc-provider/${host}`;
    return { by: 'token', providerArn, host, audience: identity.audience };
  }
  const audience = users.client.userPoolClientId;
  const host = users.pool.userPoolProviderName;
  const provider = new CfnOIDCProvider(scope, 'Issuer', {
    url: `https://${host}`,
    clientIdList: [audience],
  });
  return { by: 'token', providerArn: provider.attrArn, host, audience };
}

/**
 * Tells the functions who vends.
 * @returns what the services' environments hold besides
 */
export function vendCredentials(
  tenantRole: TenantRole,
  authorizer: ServiceFunction,
  way: CredentialVending,
): Readonly<Record<string, string>> {
  const { roleArn } = tenantRole.role;
  if (way === 'web-identity') {
    authorizer.function.addEnvironment('CREDENTIAL_VENDING', way);
    // No permission goes with it: the call is signed by nobody, the caller's token alone decides.
    return { CREDENTIAL_VENDING: way, TENANT_ROLE_ARN: roleArn };
  }
  authorizer.function.addEnvironment('TENANT_ROLE_ARN', roleArn);
  authorizer.allow(['sts:AssumeRole', 'sts:TagSession'], [roleArn]);
  return {};
}
