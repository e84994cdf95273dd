import { CognitoJwtVerifier } from 'aws-jwt-verify';
import * as refusals from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { InvalidTokenError } from './errors';
import { type SigningKeysOptions, signingKeysFetcher } from './signing-keys';

/** Longest token that is looked at, in characters; the gateway takes 10,240 bytes of headers in all. */
export const MAX_TOKEN_LENGTH = 8192;

/** Verifies the id tokens of one client of one user pool. */
export interface TokenVerifier {
  /** Fetches the pool's keys before they are needed. */
  hydrate(): Promise<void>;
  /**
   * The claims of a token whose signature, issuer, audience, use (`id`) and times hold.
   * @throws InvalidTokenError for a token that does not hold, SigningKeysError when the keys are out of reach
   */
  verify(token: string): Promise<unknown>;
}

/** Whose tokens are accepted. */
export interface TokenVerifierOptions extends SigningKeysOptions {
  readonly clientId: string;
}

/** Fixed words for the library's errors, whose own messages and fields quote the token. */
const REASONS: readonly (readonly [new (...args: never[]) => Error, string])[] = [
  [refusals.JwtExpiredError, 'expired'],
  [refusals.JwtNotBeforeError, 'not valid yet'],
  // The verifier holds an issuer's settings by its name: of a name that it lacks it says this.
  [refusals.ParameterValidationError, 'issued by another user pool'],
  [refusals.JwtInvalidIssuerError, 'issued by another user pool'],
  [refusals.CognitoJwtInvalidClientIdError, 'issued to another client'],
  [refusals.CognitoJwtInvalidTokenUseError, 'not an id token'],
  [refusals.JwtInvalidSignatureError, 'its signature does not hold'],
  [refusals.JwtInvalidSignatureAlgorithmError, 'signed by another algorithm'],
  [refusals.JwtWithoutValidKidError, 'names no key'],
  [refusals.KidNotFoundInJwksError, 'signed by an unknown key'],
  [refusals.WaitPeriodNotYetEndedJwkError, 'signed by an unknown key'],
  [refusals.JwtParseError, 'malformed'],
];

/** Makes the verifier. An unknown key makes it look for new ones, at most once in ten seconds. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { userPoolId, clientId } = options;
  const jwksCache = new SimpleJwksCache({ fetcher: signingKeysFetcher(options) });
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'id' }, { jwksCache });
  return {
    async hydrate() {
      verifier.cacheJwks(await jwksCache.getJwks(CognitoJwtVerifier.parseUserPoolId(userPoolId).jwksUri));
    },
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH)
        throw new InvalidTokenError(`longer than ${MAX_TOKEN_LENGTH} characters`);
      try {
        return await verifier.verify(token);
      } catch (error) {
        const reason = REASONS.find(([refusal]) => error instanceof refusal)?.[1];
        if (reason) throw new InvalidTokenError(reason);
        // A claim of a wrong type, such as an exp of text: the token's fault all the same.
        if (error instanceof refusals.JwtBaseError && !isKeyFault(error))
          throw new InvalidTokenError('malformed');
        throw error;
      }
    },
  };
}

function isKeyFault(error: unknown): boolean {
  return (
    error instanceof refusals.JwksValidationError ||
    error instanceof refusals.JwkValidationError ||
    error instanceof refusals.JwkInvalidKtyError ||
    error instanceof refusals.JwkInvalidUseError
  );
}

/**
 * The token in an Authorization header: `Bearer <token>`, or the bare token.
 * @throws InvalidTokenError when there is none
 */
export function bearerToken(header: string | undefined): string {
  const token = /^(?:bearer +)?([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header?.trim() ?? '')?.[1];
  if (!token) throw new InvalidTokenError('no bearer token in the Authorization header');
  return token;
}
