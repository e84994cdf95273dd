import { bearerToken } from './bearer-token';
import { cognitoProvider } from './cognito-provider';
import { InvalidTokenError, SigningKeysError } from './errors';
import type { IdentityProvider } from './identity-provider';
import { tenantPrincipal } from './principal';
import { forged, TokenIssuer, tenantClaims, unsigned } from './testing/token-issuer';
import { MAX_TOKEN_LENGTH } from './token-refusal';

let issuer: TokenIssuer;
let provider: IdentityProvider;

beforeEach(async () => {
  issuer = await TokenIssuer.start();
  provider = cognitoProvider(issuer);
});

afterEach(() => issuer.stop());

it('a good id token gives its claims', async () => {
  await expect(provider.verify(issuer.token())).resolves.toMatchObject({ 'custom:tenantId': 'acme' });
});

it('after hydration no token needs the network', async () => {
  await provider.hydrate();
  expect(issuer.keyRequests).toBe(1);
  await provider.verify(issuer.token());
  await provider.verify(issuer.token({ sub: 'another' }));
  expect(issuer.keyRequests).toBe(1);
});

it('a key that is new since hydration is fetched', async () => {
  await provider.hydrate();
  await issuer.rotate();
  await expect(provider.verify(issuer.token())).resolves.toBeDefined();
  expect(issuer.keyRequests).toBe(2);
});

const seconds = () => Math.floor(Date.now() / 1000);

const refused: readonly (readonly [why: string, token: () => string | Promise<string>, reason: string])[] = [
  [
    'of another user pool',
    () => issuer.token({ iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other' }),
    'issued by another issuer',
  ],
  [
    'of an issuer that is no user pool',
    () => issuer.token({ iss: issuer.endpoint }),
    'issued by another issuer',
  ],
  ['without an issuer', () => issuer.token({ iss: undefined }), 'issued by another issuer'],
  ['for another client', () => issuer.token({ aud: 'other' }), 'issued to another client'],
  ['without an audience', () => issuer.token({ aud: undefined }), 'issued to another client'],
  [
    'that is an access token',
    () => issuer.token({ token_use: 'access', client_id: issuer.clientId, aud: undefined }),
    'not an id token',
  ],
  ['of no stated use', () => issuer.token({ token_use: undefined }), 'not an id token'],
  ['that has expired', () => issuer.token({ exp: seconds() - 1 }), 'expired'],
  ['that never expires', () => issuer.token({ exp: undefined }), 'never expires'],
  ['that expires at no time', () => issuer.token({ exp: 'never' }), 'malformed'],
  ['that is not valid yet', () => issuer.token({ nbf: seconds() + 600 }), 'not valid yet'],
  ['signed by an unknown key', () => issuer.token({}, { kid: 'unknown' }), 'signed by an unknown key'],
  ['that names no key', () => issuer.token({}, { kid: undefined }), 'names no key'],
  [
    'signed by another key under a known name',
    () => forged({ kid: JSON.parse(issuer.keySet()).keys[0].kid }),
    'its signature does not hold',
  ],
  [
    'without a signature (alg none)',
    () => unsigned({ alg: 'none', kid: JSON.parse(issuer.keySet()).keys[0].kid }),
    'malformed',
  ],
  ['signed by a shared secret', () => issuer.token({}, { alg: 'HS256' }), 'signed by another algorithm'],
  ['that is no token', () => 'a.b.c', 'malformed'],
  ['that is empty', () => '', 'malformed'],
  [
    'that is too long',
    () => issuer.token({ pad: 'x'.repeat(MAX_TOKEN_LENGTH) }),
    'longer than 8192 characters',
  ],
];

it.each(refused)('a token %s is refused', async (_why, token, reason) => {
  await provider.hydrate();
  const error = await provider.verify(await token()).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvalidTokenError);
  expect(error).toMatchObject({ reason });
});

it('unknown keys make the key set be asked for once, not for every token', async () => {
  await provider.hydrate();
  for (let attempt = 0; attempt < 20; attempt += 1)
    await expect(provider.verify(issuer.token({}, { kid: `unknown-${attempt}` }))).rejects.toThrow(
      'unknown key',
    );
  expect(issuer.keyRequests).toBe(2);
});

it('keys that are out of reach are no fault of the token', async () => {
  issuer.keyStatus = 503;
  await expect(provider.hydrate()).rejects.toThrow(SigningKeysError);
  await expect(provider.verify(issuer.token())).rejects.toThrow('answers 503');
  issuer.keyStatus = 200;
  await expect(provider.verify(issuer.token())).resolves.toBeDefined();
});

it("without an endpoint setting the keys are Cognito's own", async () => {
  const asked: string[] = [];
  const { hydrate } = cognitoProvider({
    userPoolId: issuer.userPoolId,
    clientId: issuer.clientId,
    fetch: async (url) => {
      asked.push(String(url));
      return new Response(issuer.keySet());
    },
  });
  await hydrate();
  expect(asked).toEqual([
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Granary01/.well-known/jwks.json',
  ]);
});

describe('of the claims', () => {
  it.each<[string, string, unknown]>([
    ['custom:tenantId', 'is missing', undefined],
    ['custom:tenantId', 'holds a separator', 'acme#1'],
    ['custom:tenantId', 'holds a wild card', 'ac*'],
    ['custom:tenantId', 'holds a policy variable', '$' + '{aws:userid}'],
    ['custom:tenantId', 'is upper case', 'ACME'],
    ['custom:tenantId', 'is a list', ['acme']],
    ['custom:userRole', 'is missing', undefined],
    ['custom:userRole', 'is unknown', 'Root'],
    ['custom:userRole', 'is an operator of another pool', 'SystemAdmin'],
    ['custom:tenantTier', 'is missing', undefined],
    ['custom:tenantTier', 'is malformed', 'Gold!'],
    ['sub', 'is missing', undefined],
    ['cognito:username', 'holds a line break', 'ann\nbob'],
  ])('%s that %s makes no principal, and its value is not repeated', (name, _what, value) => {
    expect(() => tenantPrincipal({ ...tenantClaims(), [name]: value })).toThrow(
      new InvalidTokenError(`missing or malformed ${name}`),
    );
  });

  it('all that are missing are named at once', () => {
    expect(() => tenantPrincipal({})).toThrow(
      'missing or malformed sub, cognito:username, custom:userRole, custom:tenantId, custom:tenantTier',
    );
  });
});

it.each([['Bearer a.b.c'], ['bearer a.b.c'], ['a.b.c'], ['  Bearer   a.b.c ']])(
  '%p carries a token',
  (header) => {
    expect(bearerToken(header)).toBe('a.b.c');
  },
);

it.each([
  [undefined],
  [''],
  ['Bearer'],
  ['Bearer a.b'],
  ['Basic a.b.c'],
  ['Bearer a.b.c d.e.f'],
  ['a.b.c.d'],
])('%p carries none', (header) => {
  expect(() => bearerToken(header)).toThrow(InvalidTokenError);
});
