import type { ClaimNames } from './claim-names';
import { cognitoProvider } from './cognito-provider';
import { oidcProvider } from './oidc-provider';
import type { OidcSettings } from './oidc-settings';

/** Who says which person a token stands for: the port that the authorizers see. */
export interface IdentityProvider {
  /** Where the claims say it; `tenantPrincipal` and `operatorPrincipal` read them by these names. */
  readonly claims: ClaimNames;
  /**
   * Fetches the provider's keys before they are needed.
   * @throws SigningKeysError
   */
  hydrate(): Promise<void>;
  /**
   * The claims of an id token whose signature, issuer, audience, use and times hold.
   * @throws InvalidTokenError for a token that does not hold, SigningKeysError when the keys are out of reach
   */
  verify(token: string): Promise<unknown>;
}

/** The part of a function's environment that names its provider. */
export interface IdentityEnvironment {
  readonly USER_POOL_ID: string;
  readonly USER_POOL_CLIENT_ID: string;
  /** Takes the place of the user pool. @default the user pool */
  readonly IDENTITY_PROVIDER?: OidcSettings | undefined;
  /** @default AWS's own endpoints */
  readonly AWS_ENDPOINT_URL?: string | undefined;
}

/** The one provider that a function believes: an OIDC issuer when one is set, else the deployment's user pool. */
export function identityProvider(environment: IdentityEnvironment): IdentityProvider {
  const { IDENTITY_PROVIDER: oidc, AWS_ENDPOINT_URL: endpoint } = environment;
  if (oidc) return oidcProvider({ settings: oidc });
  return cognitoProvider({
    userPoolId: environment.USER_POOL_ID,
    clientId: environment.USER_POOL_CLIENT_ID,
    ...(endpoint ? { endpoint } : {}),
  });
}
