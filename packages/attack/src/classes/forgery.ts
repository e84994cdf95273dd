import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  sign,
} from 'node:crypto';

/** A token, taken apart. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

/** Takes a token apart without a look at its signature. */
export function takeApart(token: string): TokenParts {
  const [header, claims, signature = ''] = token.split('.');
  return { header: decode(header), claims: decode(claims), signature };
}

/** Puts a token together with the signature given, right or wrong. */
export function putTogether({ header, claims, signature }: TokenParts): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangerEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const input = ({ header, claims }: Omit<TokenParts, 'signature'>) =>
  Buffer.from(`${encode(header)}.${encode(claims)}`);

/** Signs with a key of the attacker's own. */
export function signedByStranger(parts: Omit<TokenParts, 'signature'>): string {
  const signature = sign('RSA-SHA256', input(parts), stranger.privateKey).toString('base64url');
  return putTogether({ ...parts, signature });
}

/** Signs with an elliptic key of the attacker's own. */
export function signedByStrangerEc(parts: Omit<TokenParts, 'signature'>): string {
  const key = createPrivateKey(strangerEc.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const signature = sign('SHA256', input(parts), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return putTogether({ ...parts, signature });
}

/** Signs with HMAC; the key is the user pool's public key, which everybody knows. */
export function signedByPublicKey(parts: Omit<TokenParts, 'signature'>, jwk: JsonWebKey): string {
  const key = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const signature = createHmac('sha256', key).update(input(parts)).digest('base64url');
  return putTogether({ ...parts, signature });
}

/** The attacker's public key, for a header that brings its own key along. */
export const strangerJwk = {
  ...stranger.publicKey.export({ format: 'jwk' }),
  kid: 'mine',
  use: 'sig',
  alg: 'RS256',
};
