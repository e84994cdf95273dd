import * as refusals from 'aws-jwt-verify/error';
import { InvalidTokenError } from './errors';

/** Longest token that is looked at, in characters; the gateway takes 10,240 bytes of headers in all. */
export const MAX_TOKEN_LENGTH = 8192;

/** Fixed words for the library's errors, whose own messages and fields quote the token. */
const REASONS: readonly (readonly [new (...args: never[]) => Error, string])[] = [
  [refusals.JwtExpiredError, 'expired'],
  [refusals.JwtNotBeforeError, 'not valid yet'],
  // The verifier holds an issuer's settings by its name: of a name that it lacks it says this.
  [refusals.ParameterValidationError, 'issued by another issuer'],
  [refusals.JwtInvalidIssuerError, 'issued by another issuer'],
  [refusals.CognitoJwtInvalidClientIdError, 'issued to another client'],
  [refusals.JwtInvalidAudienceError, 'issued to another client'],
  [refusals.CognitoJwtInvalidTokenUseError, 'not an id token'],
  [refusals.JwtInvalidSignatureError, 'its signature does not hold'],
  [refusals.JwtInvalidSignatureAlgorithmError, 'signed by another algorithm'],
  [refusals.JwtWithoutValidKidError, 'names no key'],
  [refusals.KidNotFoundInJwksError, 'signed by an unknown key'],
  [refusals.WaitPeriodNotYetEndedJwkError, 'signed by an unknown key'],
  [refusals.JwtParseError, 'malformed'],
];

/**
 * Verifies a token by a verifier of the library, within the bounds that hold for every provider.
 * @throws InvalidTokenError with a fixed reason; what is no fault of the token is thrown as it is
 */
export async function heldClaims(
  token: string,
  verify: (token: string) => Promise<{ readonly exp?: number | undefined }>,
): Promise<unknown> {
  if (token.length > MAX_TOKEN_LENGTH)
    throw new InvalidTokenError(`longer than ${MAX_TOKEN_LENGTH} characters`);
  let claims: { readonly exp?: number | undefined };
  try {
    claims = await verify(token);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  // The library takes a token without a time as one that never ends.
  if (claims.exp === undefined) throw new InvalidTokenError('never expires');
  return claims;
}

function refusalOf(error: unknown): InvalidTokenError | undefined {
  if (error instanceof InvalidTokenError) return error;
  const reason = REASONS.find(([refusal]) => error instanceof refusal)?.[1];
  if (reason) return new InvalidTokenError(reason);
  // A claim of a wrong type, such as an exp of text: the token's fault all the same.
  if (error instanceof refusals.JwtBaseError && !isKeyFault(error)) return new InvalidTokenError('malformed');
  return undefined;
}

function isKeyFault(error: unknown): boolean {
  return (
    error instanceof refusals.JwksValidationError ||
    error instanceof refusals.JwkValidationError ||
    error instanceof refusals.JwkInvalidKtyError ||
    error instanceof refusals.JwkInvalidUseError
  );
}
