import type { CredentialVending } from '@granary/manifest';
import { Duration } from 'aws-cdk-lib';
import { FeaturePlan, LambdaVersion, StringAttribute, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import type { CanaryRelease } from './canary-release';
import type { IdentitySettings } from './deployment-settings';
import { ServiceFunction } from './service-function';
import { UserPool } from './user-pool';

export interface TenantUsersProps {
  readonly credentialVending: CredentialVending;
  /** @default the pool's own users */
  readonly identity: IdentitySettings | undefined;
  readonly code: FunctionCode;
  readonly release: CanaryRelease;
  readonly layers: readonly ILayerVersion[];
}

/** The users of a deployment's tenants; their tokens carry session tags when the services vend by them. */
export function tenantUsers(scope: Construct, props: TenantUsersProps): UserPool {
  const { credentialVending, identity, ...shared } = props;
  // Another issuer puts the tags into its tokens itself.
  const tagged = credentialVending === 'web-identity' && identity === undefined;
  const users = new UserPool(scope, 'Users', {
    claims: {
      // Set once, with the user; the other two change with the person's work and the tenant's plan.
      tenantId: new StringAttribute({ mutable: false, minLen: 3, maxLen: 32 }),
      userRole: new StringAttribute({ mutable: true, maxLen: 32 }),
      tenantTier: new StringAttribute({ mutable: true, maxLen: 31 }),
      // Of support users only: seconds since the epoch.
      accessUntil: new StringAttribute({ mutable: false, maxLen: 10 }),
    },
    ...(tagged ? { plan: FeaturePlan.ESSENTIALS } : {}),
  });
  if (tagged) {
    const { alias } = new ServiceFunction(scope, 'SessionTags', {
      ...shared,
      entry: 'session-tags',
      description: 'Puts the tags of the tenant’s session into id tokens',
      environment: {},
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
    });
    users.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, alias, LambdaVersion.V2_0);
  }
  return users;
}
