import type { Logger } from '@aws-lambda-powertools/logger';
import type { Role, Route } from '@granary/api';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { toOperatorContext, toTenantContext } from './authorizer-context';
import { bearerToken } from './bearer-token';
import type { ClaimNames } from './claim-names';
import { InvalidTokenError, TenantInactiveError, UnauthorizedError } from './errors';
import type { IdentityProvider } from './identity-provider';
import { denyAll, rolePolicy, stageArn } from './permissions';
import { operatorPrincipal, type Principal, tenantPrincipal } from './principal';
import type { TenantCredentialsSource } from './tenant-credentials';
import type { TenantDirectory } from './tenant-directory';
import { type EndedSessions, OPERATORS, userPartition } from './users/ended-sessions';

/** What API Gateway asks before a request with a new token, and gets replayed for AUTHORIZER_TTL_SECONDS. */
export type Authorizer = (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** What an authorizer of either plane needs. */
export interface AuthorizerOptions {
  /** Verifies the tokens of this deployment's own users, and says where their claims stand. */
  readonly provider: Pick<IdentityProvider, 'claims' | 'verify'>;
  /** The whole API that the authorizer guards. */
  readonly routes: readonly Route[];
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Whose tokens ended before their time; null where the directory is not ours: another issuer's people. */
  readonly sessions: EndedSessions | null;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** What the application plane's authorizer needs. */
export interface ApplicationAuthorizerOptions extends AuthorizerOptions {
  readonly directory: TenantDirectory;
  /** @default none: the services vend by the callers' own tokens */
  readonly credentials?: TenantCredentialsSource;
}

/**
 * Authorizes tenants' people: a verified token of an active tenant gives the role's policy, the caller with
 * credentials for the tenant's rows, and the tenant's usage key.
 * @throws UnauthorizedError for a token that does not hold (the gateway answers 401); another error means that
 * we could not tell (the gateway answers 500). A tenant that is not active is denied all (403).
 */
export function applicationAuthorizer(options: ApplicationAuthorizerOptions): Authorizer {
  const { directory, credentials, logger } = options;
  const policyOf = rolePolicies(options.routes);
  return async ({ authorizationToken, methodArn }) => {
    const stage = stageArn(methodArn);
    const { principal: claimed, issuedAt } = await verified(options, authorizationToken, tenantPrincipal);
    await holds(options, claimed, userPartition(claimed.tenantId), issuedAt);
    try {
      const { tier, usageKey, usageKeyId } = await directory.activeTenant(claimed.tenantId);
      // The directory's tier holds: a token keeps the one of its sign-in for as long as it lives.
      const principal = { ...claimed, tier, ...(usageKeyId ? { usageKeyId } : {}) };
      const given = credentials ? { credentials: await credentials.credentialsFor(principal) } : {};
      return {
        principalId: principal.userId,
        policyDocument: policyOf(principal.role, stage),
        context: toTenantContext({ principal, ...given }),
        usageIdentifierKey: usageKey,
      };
    } catch (error) {
      if (!(error instanceof TenantInactiveError)) throw error;
      logger.warn('tenant refused', { tenantId: error.tenantId, status: error.status });
      return { principalId: claimed.userId, policyDocument: denyAll(stage) };
    }
  };
}

/**
 * Authorizes operators: a verified token gives the role's policy and the operator.
 * @throws UnauthorizedError for a token that does not hold (the gateway answers 401)
 */
export function controlAuthorizer(options: AuthorizerOptions): Authorizer {
  const policyOf = rolePolicies(options.routes);
  return async ({ authorizationToken, methodArn }) => {
    const stage = stageArn(methodArn);
    const { principal, issuedAt } = await verified(options, authorizationToken, operatorPrincipal);
    await holds(options, principal, OPERATORS, issuedAt);
    return {
      principalId: principal.userId,
      policyDocument: policyOf(principal.role, stage),
      context: toOperatorContext(principal),
    };
  };
}

async function verified<Person>(
  { provider, logger }: AuthorizerOptions,
  header: string | undefined,
  toPrincipal: (claims: unknown, names: ClaimNames) => Person,
): Promise<{ readonly principal: Person; readonly issuedAt: number }> {
  try {
    const claims = await provider.verify(bearerToken(header));
    const issuedAt = Number((claims as { readonly iat?: unknown }).iat ?? 0);
    return { principal: toPrincipal(claims, provider.claims), issuedAt };
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) throw error;
    logger.info('token refused', { reason: error.reason });
    throw new UnauthorizedError();
  }
}

/** @throws UnauthorizedError for a token whose person was put out since, or whose access is over */
async function holds(
  { sessions, logger, now = Date.now }: AuthorizerOptions,
  principal: Principal,
  realm: string,
  issuedAt: number,
): Promise<void> {
  const { userId } = principal;
  const until = principal.kind === 'tenant' ? principal.accessUntil : undefined;
  const over = until !== undefined && until * 1000 <= now();
  if (!over && !(await sessions?.hasEnded(realm, userId, issuedAt))) return;
  logger.info('token refused', { reason: over ? 'its access is over' : 'its session was ended', userId });
  throw new UnauthorizedError();
}

/** Remembers each role's policy: it is the same for every request of a stage. */
function rolePolicies(routes: readonly Route[]) {
  const known = new Map<string, ReturnType<typeof rolePolicy>>();
  return (role: Role, stage: string) => {
    const key = `${role} ${stage}`;
    const policy = known.get(key) ?? rolePolicy(routes, role, stage);
    known.set(key, policy);
    return policy;
  };
}
