import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { COGNITO_CLAIMS } from './claim-names';
import type { IdentityProvider } from './identity-provider';
import { type KeyRefreshOptions, keyRefresh } from './key-refresh';
import { publishedDocument, type SigningKeysOptions, signingKeysUrl } from './signing-keys';
import { heldClaims } from './token-refusal';

/** Whose tokens are accepted: those of one client of one user pool. */
export interface CognitoOptions extends SigningKeysOptions, KeyRefreshOptions {
  readonly clientId: string;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/** The identity provider of a deployment's own user pool. It accepts id tokens only. */
export function cognitoProvider(options: CognitoOptions): IdentityProvider {
  const { userPoolId, clientId, fetch } = options;
  const url = signingKeysUrl(options);
  const refresh = keyRefresh(options);
  // From that address whatever the verifier asks for: it knows a pool's issuer by two names, with one set of keys.
  const fetcher = refresh.watch({ fetch: () => publishedDocument(url, fetch) });
  const jwksCache = new SimpleJwksCache({ fetcher, penaltyBox: refresh });
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'id' }, { jwksCache });
  return {
    claims: COGNITO_CLAIMS,
    async hydrate() {
      verifier.cacheJwks(await jwksCache.getJwks(CognitoJwtVerifier.parseUserPoolId(userPoolId).jwksUri));
    },
    verify: (token) => heldClaims(token, (each) => verifier.verify(each)),
  };
}
