import { createHash } from 'node:crypto';
import type { TenantCredentials } from './authorizer-context';
import { credentialCache } from './credential-cache';
import { InvalidTokenError } from './errors';
import type { TenantPrincipal } from './principal';
import { sessionPolicy } from './session-policy';
import { claimedTags } from './session-tags';
import { CLOCK_SKEW_SECONDS, FUNCTION_TIMEOUT_SECONDS, SESSION_SECONDS } from './tenant-credentials';

/** Life that credentials of a request must have left: no gateway replays them, so they serve the request alone. */
export const MIN_REQUEST_CREDENTIAL_LIFE_SECONDS = FUNCTION_TIMEOUT_SECONDS + CLOCK_SKEW_SECONDS;

/** One session that STS gives for a person's own token; tenant, role and tier are tags in the token. */
export interface WebIdentitySession {
  readonly roleArn: string;
  /** Names the person in the trails of STS and DynamoDB. */
  readonly sessionName: string;
  readonly durationSeconds: number;
  /** JSON. */
  readonly policy: string;
  /** Secret. */
  readonly token: string;
  /** For messages. */
  readonly tenantId: string;
}

/** Asks STS for a session. */
export type AssumeByToken = (session: WebIdentitySession) => Promise<TenantCredentials>;

/** Credentials for the tenants' rows, by the tokens of their people. */
export interface WebIdentityCredentials {
  /**
   * Credentials with at least MIN_REQUEST_CREDENTIAL_LIFE_SECONDS left.
   * @param token the request's own, which the authorizer has verified
   * @throws InvalidTokenError when the token's tags are not those of the principal, or it has expired meanwhile
   */
  credentialsFor(principal: TenantPrincipal, token: string): Promise<TenantCredentials>;
}

/** How credentials are obtained and kept. */
export interface WebIdentityOptions {
  readonly roleArn: string;
  readonly assume: AssumeByToken;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Sessions that are kept. @default 500 */
  readonly capacity?: number;
}

/** Keeps one session per token, in memory only and under the token's digest. */
export function webIdentityCredentials(options: WebIdentityOptions): WebIdentityCredentials {
  const { roleArn, assume, now, capacity } = options;
  const cache = credentialCache({
    minimumLifeSeconds: MIN_REQUEST_CREDENTIAL_LIFE_SECONDS,
    ...(now ? { now } : {}),
    ...(capacity ? { capacity } : {}),
  });
  return {
    async credentialsFor(principal, token) {
      checkTags(principal, token);
      const { tenantId, role } = principal;
      const policy = sessionPolicy(role);
      const key = createHash('sha256')
        .update(JSON.stringify([roleArn, policy, token]))
        .digest('base64url');
      return cache.credentials(key, tenantId, () =>
        assume({
          roleArn,
          sessionName: sessionName(principal),
          durationSeconds: SESSION_SECONDS,
          policy,
          token,
          tenantId,
        }),
      );
    },
  };
}

/**
 * The gateway and this function may see different tokens (a header that is sent twice), and a token may be older
 * than its trigger. STS tags by the token, the rest of the request goes by the principal: they must agree.
 */
function checkTags({ tenantId, role }: TenantPrincipal, token: string): void {
  const { TenantId, Role } = claimedTags(claimsOf(token));
  if (TenantId === undefined) throw new InvalidTokenError('carries no session tags');
  if (TenantId !== tenantId || Role !== role)
    throw new InvalidTokenError('its session tags are those of someone else');
}

/** Not verified here: the authorizer has verified them, and STS does before it gives anything. */
function claimsOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    throw new InvalidTokenError('malformed');
  }
}

/** STS takes 2 to 64 of its own characters; an issuer's user ids may hold others. */
function sessionName({ tenantId, userId }: TenantPrincipal): string {
  return `${tenantId}@${userId.replaceAll(/[^\w+=,.@-]/g, '-')}`.slice(0, 64);
}
