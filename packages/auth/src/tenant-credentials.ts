import { createHash } from 'node:crypto';
import type { TenantCredentials } from './authorizer-context';
import { credentialCache } from './credential-cache';
import type { TenantPrincipal } from './principal';
import { sessionPolicy, type TENANT_SESSION_TAGS } from './session-policy';

/** How long API Gateway may replay the authorizer's answer. */
export const AUTHORIZER_TTL_SECONDS = 300;

/** Longest run of a service's function. */
export const FUNCTION_TIMEOUT_SECONDS = 30;

/** By how much the clocks of STS, DynamoDB and ours may differ. */
export const CLOCK_SKEW_SECONDS = 60;

/** Life that credentials must have left when they are handed out: the last request that gets them must end in time. */
export const MIN_CREDENTIAL_LIFE_SECONDS =
  AUTHORIZER_TTL_SECONDS + FUNCTION_TIMEOUT_SECONDS + CLOCK_SKEW_SECONDS;

/** STS gives a role that is assumed from another role's session one hour at most. */
export const SESSION_SECONDS = 3600;

/** One session for one tenant and role. */
export interface TenantSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  /** JSON. */
  readonly policy: string;
  readonly tags: Readonly<Record<(typeof TENANT_SESSION_TAGS)[number], string>>;
}

/** Asks STS for a session. */
export type AssumeTenantRole = (session: TenantSession) => Promise<TenantCredentials>;

/** Credentials for the tenants' rows. */
export interface TenantCredentialsSource {
  /**
   * Credentials with at least MIN_CREDENTIAL_LIFE_SECONDS left, for the rows of the principal's tenant.
   * @throws TenantCredentialsError when STS gives less, or what `assume` throws
   */
  credentialsFor(principal: TenantPrincipal): Promise<TenantCredentials>;
}

/** How credentials are obtained and kept. */
export interface TenantCredentialsOptions {
  readonly roleArn: string;
  readonly assume: AssumeTenantRole;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Sessions that are kept. @default 500 */
  readonly capacity?: number;
}

/** Keeps one session per tenant, role and tier, in memory only; callers that need the same one share one request. */
export function tenantCredentials(options: TenantCredentialsOptions): TenantCredentialsSource {
  const { roleArn, assume, now, capacity } = options;
  const cache = credentialCache({
    minimumLifeSeconds: MIN_CREDENTIAL_LIFE_SECONDS,
    ...(now ? { now } : {}),
    ...(capacity ? { capacity } : {}),
  });
  return {
    async credentialsFor(principal) {
      const session = tenantSession(roleArn, principal);
      return cache.credentials(sessionKey(session), principal.tenantId, () => assume(session));
    },
  };
}

/** The session that a principal's requests need. All of a tenant's users in one role share it. */
export function tenantSession(roleArn: string, { tenantId, role, tier }: TenantPrincipal): TenantSession {
  return {
    roleArn,
    // Both parts are of STS's alphabet; 64 characters is its bound.
    sessionName: `${tenantId}-${role}`.slice(0, 64),
    durationSeconds: SESSION_SECONDS,
    policy: sessionPolicy(role),
    tags: { TenantId: tenantId, Role: role, Tier: tier },
  };
}

/** Every part that STS turns into a permission is in the key: two sessions that differ in one never mix. */
function sessionKey({ roleArn, policy, tags }: TenantSession): string {
  return createHash('sha256')
    .update(JSON.stringify([roleArn, tags.TenantId, tags.Role, tags.Tier, policy]))
    .digest('base64url');
}
