import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SigningKeysError } from './errors';

const TIMEOUT_MILLISECONDS = 3000;
const MAX_BYTES = 64 * 1024;

/** Where a user pool's keys are fetched from. */
export interface SigningKeysOptions {
  readonly userPoolId: string;
  /** Base of the SDK's endpoint setting (AWS_ENDPOINT_URL). @default Cognito's own */
  readonly endpoint?: string;
}

/** The address of a user pool's JSON Web Key Set. */
export function signingKeysUrl({ userPoolId, endpoint }: SigningKeysOptions): string {
  if (endpoint) return `${endpoint.replace(/\/+$/, '')}/${userPoolId}/.well-known/jwks.json`;
  return CognitoJwtVerifier.parseUserPoolId(userPoolId).jwksUri;
}

/**
 * A document that a provider publishes, bounded in time and size and from that very address.
 * @throws SigningKeysError
 */
export async function publishedDocument(
  url: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  } catch (cause) {
    throw new SigningKeysError(url, 'cannot be reached', { cause });
  }
  if (!response.ok) throw new SigningKeysError(url, `answers ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MAX_BYTES)
    throw new SigningKeysError(url, `answers ${bytes.byteLength} bytes, over ${MAX_BYTES}`);
  return bytes;
}
