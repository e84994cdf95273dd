import { generateKeyPair, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const USER_POOL_ID = 'us-east-1_Granary01';
const CLIENT_ID = 'client0123456789abcdefghij';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A claim, or undefined to leave out one that a good token has. */
type Claims = Readonly<Record<string, unknown>>;

// Making an RSA key takes up to a second: the tests of a file share two.
const FIRST_KEY = signingKey();
const FOREIGN_KEY = signingKey();

/** A user pool for tests: real RSA keys, their set served on loopback, tokens signed with them. */
export class TokenIssuer {
  readonly userPoolId = USER_POOL_ID;
  readonly clientId = CLIENT_ID;
  /** How often the key set was asked for. */
  keyRequests = 0;
  /** What the key set's address answers. */
  keyStatus = 200;
  /** Answers what else is asked of the endpoint. */
  otherwise: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    response.writeHead(404).end();
  readonly #keys: SigningKey[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      if (request.url !== `/${USER_POOL_ID}/.well-known/jwks.json`) return this.otherwise(request, response);
      this.keyRequests += 1;
      return response.writeHead(this.keyStatus, { 'content-type': 'application/json' }).end(this.keySet());
    });
  }

  static async start(): Promise<TokenIssuer> {
    const issuer = new TokenIssuer();
    issuer.#keys.push(await FIRST_KEY);
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  keySet(): string {
    const keys = this.#keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg: 'RS256',
      use: 'sig',
    }));
    return JSON.stringify({ keys });
  }

  /** Signs with a new key from now on; the old one stays in the set. */
  async rotate(): Promise<void> {
    this.#keys.push(await signingKey());
  }

  /** An id token of a tenant's administrator, with other claims or another header where given. */
  token(claims: Claims = {}, header: Claims = {}): string {
    const key = this.#keys.at(-1) as SigningKey;
    return signed(
      { alg: 'RS256', kid: key.kid, ...header },
      { ...tenantClaims(), ...claims },
      key.privateKey,
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The claims of a good id token of tenant `acme`. */
export function tenantClaims(): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: '6f1c2f0e-0000-4000-8000-00000000acee',
    'cognito:username': 'ann@acme.example',
    'custom:tenantId': 'acme',
    'custom:userRole': 'TenantAdmin',
    'custom:tenantTier': 'basic',
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`,
    aud: CLIENT_ID,
    token_use: 'id',
    iat: now,
    exp: now + 3600,
  };
}

/** A token signed by a key that no set has. */
export async function forged(header: Claims): Promise<string> {
  const { privateKey } = await FOREIGN_KEY;
  return signed({ alg: 'RS256', ...header }, tenantClaims(), privateKey);
}

/** A token without a signature. */
export function unsigned(header: Claims): string {
  return `${encoded(header)}.${encoded(tenantClaims())}.`;
}

function signed(header: Claims, claims: Claims, key: KeyObject): string {
  const content = `${encoded(header)}.${encoded(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

function encoded(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function signingKey(): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid: randomUUID(), ...pair };
}
