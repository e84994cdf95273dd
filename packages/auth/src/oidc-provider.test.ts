import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { InvalidTokenError, SigningKeysError } from './errors';
import { oidcProvider } from './oidc-provider';
import { type OidcSettings, oidcSettings } from './oidc-settings';
import { operatorPrincipal, tenantPrincipal } from './principal';
import { TokenIssuer, unsigned } from './testing/token-issuer';

let issuer: TokenIssuer;
let discoveries: number;
let configuration: Record<string, unknown>;

beforeEach(async () => {
  issuer = await TokenIssuer.start();
  discoveries = 0;
  configuration = { issuer: iss(), jwks_uri: keySetUrl() };
  issuer.otherwise = (request, response) => {
    if (request.url !== '/realm/.well-known/openid-configuration') return response.writeHead(404).end();
    discoveries += 1;
    return response.end(JSON.stringify(configuration));
  };
});
afterEach(() => issuer.stop());

const iss = () => `${issuer.endpoint}/realm`;
const keySetUrl = () => `${issuer.endpoint}/${issuer.userPoolId}/.well-known/jwks.json`;

const settings = (changes: object = {}): OidcSettings =>
  oidcSettings.parse({ type: 'oidc', issuer: iss(), audience: issuer.clientId, ...changes });

/** A token of the issuer, without what only Cognito says. */
const token = (claims: object = {}, header: object = {}) =>
  issuer.token(
    {
      iss: iss(),
      token_use: undefined,
      email: 'ann@acme.example',
      tenantId: 'acme',
      userRole: 'TenantUser',
      tier: 'basic',
      ...claims,
    },
    { ...header },
  );

it('an id token of the issuer names its person', async () => {
  const provider = oidcProvider({ settings: settings() });
  const principal = tenantPrincipal(await provider.verify(token({ sub: 'auth0|7' })), provider.claims);
  expect(principal).toEqual({
    kind: 'tenant',
    userId: 'auth0|7',
    userName: 'ann@acme.example',
    role: 'TenantUser',
    tenantId: 'acme',
    tier: 'basic',
  });
});

it('claims are where the configuration says', async () => {
  const claims = {
    userId: 'oid',
    userName: 'upn',
    userRole: 'https://granary.example/role',
    tenantId: 'https://granary.example/tenant',
    tier: 'https://granary.example/tier',
  };
  const provider = oidcProvider({ settings: settings({ claims }) });
  const named = Object.values(claims).map(
    (name, index) => [name, ['o-1', 'bob', 'TenantAdmin', 'globex', 'premium'][index]] as const,
  );
  // Of the names that another configuration would read, nothing is taken.
  const verified = await provider.verify(token({ ...Object.fromEntries(named), tenantId: 'acme' }));
  expect(tenantPrincipal(verified, provider.claims)).toMatchObject({
    userId: 'o-1',
    userName: 'bob',
    role: 'TenantAdmin',
    tenantId: 'globex',
    tier: 'premium',
  });
});

it('what is missing is named as the issuer names it, and operators are told from tenants', async () => {
  const provider = oidcProvider({ settings: settings() });
  const verified = await provider.verify(token({ tenantId: 'ac*', userRole: undefined }));
  expect(() => tenantPrincipal(verified, provider.claims)).toThrow('missing or malformed userRole, tenantId');
  expect(() => operatorPrincipal(verified, provider.claims)).toThrow(InvalidTokenError);
});

it('the key set is discovered once, then neither it nor the configuration is asked for', async () => {
  const provider = oidcProvider({ settings: settings() });
  await provider.hydrate();
  for (let request = 0; request < 5; request += 1) await provider.verify(token({ sub: `user-${request}` }));
  expect({ discoveries, keys: issuer.keyRequests }).toEqual({ discoveries: 1, keys: 1 });
});

it('a configured key set is not discovered', async () => {
  const provider = oidcProvider({ settings: settings({ jwksUri: keySetUrl() }) });
  await provider.verify(token());
  expect({ discoveries, keys: issuer.keyRequests }).toEqual({ discoveries: 0, keys: 1 });
});

it.each<[string, () => Record<string, unknown>]>([
  ['of another issuer', () => ({ issuer: issuer.endpoint, jwks_uri: keySetUrl() })],
  [
    'that names keys of plain http elsewhere',
    () => ({ issuer: iss(), jwks_uri: 'http://keys.example/jwks' }),
  ],
  ['that names no keys', () => ({ issuer: iss() })],
])('a configuration %s is not believed', async (_what, given) => {
  configuration = given();
  await expect(oidcProvider({ settings: settings() }).verify(token())).rejects.toThrow(SigningKeysError);
  expect(issuer.keyRequests).toBe(0);
});

const refused: readonly (readonly [why: string, token: () => string, reason: string])[] = [
  ['of another issuer', () => token({ iss: issuer.endpoint }), 'issued by another issuer'],
  [
    'of a user pool, signed by the same keys',
    () => issuer.token({ tenantId: 'acme', userRole: 'TenantAdmin' }),
    'issued by another issuer',
  ],
  ['without an issuer', () => token({ iss: undefined }), 'issued by another issuer'],
  ['for another client', () => token({ aud: 'other' }), 'issued to another client'],
  ['without an audience', () => token({ aud: undefined }), 'issued to another client'],
  ['that has expired', () => token({ exp: 1 }), 'expired'],
  ['that never expires', () => token({ exp: undefined }), 'never expires'],
  ['that calls itself an access token', () => token({}, { typ: 'at+jwt' }), 'not an id token'],
  ['without a signature', () => unsigned({ alg: 'none', kid: kid() }), 'malformed'],
  ['that says that it needs no signature', () => token({}, { alg: 'none' }), 'signed by another algorithm'],
  ['signed by the public key as a shared secret', () => sharedSecret(), 'signed by another algorithm'],
];

const kid = () => JSON.parse(issuer.keySet()).keys[0].kid as string;

/** The oldest confusion: HS256 with the public key as its secret. */
function sharedSecret(): string {
  const [, payload] = token().split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: kid() })).toString('base64url');
  const content = `${header}.${payload}`;
  return `${content}.${createHmac('sha256', JSON.parse(issuer.keySet()).keys[0].n).update(content).digest('base64url')}`;
}

it.each(refused)('a token %s is refused', async (_why, given, reason) => {
  const provider = oidcProvider({ settings: settings() });
  await provider.hydrate();
  await expect(provider.verify(given())).rejects.toMatchObject({ name: 'InvalidTokenError', reason });
});

it('keys of elliptic curves are as good as RSA keys', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'ec-1', alg: 'ES256', use: 'sig' }];
  const provider = oidcProvider({
    settings: settings({ jwksUri: 'https://issuer.example/keys' }),
    fetch: async () => new Response(JSON.stringify({ keys })),
  });
  const [, payload] = token().split('.');
  const content = `${Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'ec-1' })).toString('base64url')}.${payload}`;
  const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  await expect(provider.verify(`${content}.${signature.toString('base64url')}`)).resolves.toMatchObject({
    tenantId: 'acme',
  });
});

it.each([
  ['issuer', { issuer: 'http://issuer.example' }],
  ['issuer', { issuer: 'http://127.0.0.1.evil.example' }],
  ['issuer', { issuer: 'no address' }],
  ['jwksUri', { jwksUri: 'http://issuer.example/keys' }],
  ['audience', { audience: '' }],
])('a wrong %s is no setting', (field, changes) => {
  const parsed = oidcSettings.safeParse({ type: 'oidc', issuer: iss(), audience: 'a', ...changes });
  expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
});
