import { COGNITO_CLAIMS } from './claim-names';
import { cognitoProvider } from './cognito-provider';
import { controlAuthorizerEnvironment, parseEnvironment } from './environment';
import { identityProvider } from './identity-provider';
import { TokenIssuer } from './testing/token-issuer';

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await TokenIssuer.start();
});
afterAll(() => issuer.stop());

const POOL = {
  USER_POOL_ID: 'us-east-1_Granary01',
  USER_POOL_CLIENT_ID: 'client0123456789abcdefghij',
  USER_TABLE_NAME: 'users',
};
const environment = (changes: object = {}) =>
  parseEnvironment(controlAuthorizerEnvironment, {
    ...POOL,
    AWS_ENDPOINT_URL: issuer.endpoint,
    ...changes,
  });
const oidc = (changes: object = {}) =>
  JSON.stringify({ type: 'oidc', issuer: issuer.endpoint, audience: 'spa', ...changes });
const keySet = () => `${issuer.endpoint}/${issuer.userPoolId}/.well-known/jwks.json`;

it('the user pool is the provider when no other is named', async () => {
  const provider = identityProvider(environment());
  expect(provider.claims).toEqual(COGNITO_CLAIMS);
  await expect(provider.verify(issuer.token())).resolves.toBeDefined();
});

it('an issuer that is named takes the place of the user pool, whose tokens hold no longer', async () => {
  const provider = identityProvider(environment({ IDENTITY_PROVIDER: oidc({ jwksUri: keySet() }) }));
  const token = issuer.token({ iss: issuer.endpoint, aud: 'spa' });
  await expect(provider.verify(token)).resolves.toBeDefined();
  await expect(provider.verify(issuer.token())).rejects.toThrow('issued by another issuer');
});

it('settings that are wrong are named in the environment’s own error', () => {
  expect(() => environment({ IDENTITY_PROVIDER: oidc({ issuer: 'ftp://x' }) })).toThrow(
    'IDENTITY_PROVIDER.issuer is malformed (must be an https address)',
  );
  expect(() => environment({ IDENTITY_PROVIDER: oidc({ algorithms: ['none'] }) })).toThrow(
    'IDENTITY_PROVIDER',
  );
});

describe('operators’ and tenants’ pools', () => {
  // The same keys for both: nothing but issuer and client tells the tokens apart.
  const pool = (userPoolId: string, clientId: string) => ({
    claims: { iss: `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`, aud: clientId },
    provider: cognitoProvider({ userPoolId, clientId, fetch: async () => new Response(issuer.keySet()) }),
  });
  const tenants = pool('us-east-1_Tenants01', 'tenants-client');
  const operators = pool('us-east-1_Operators', 'operators-client');

  it.each([
    ['an operator’s token at the tenants’ API', operators.claims, tenants.provider],
    ['a tenant’s token at the operators’ API', tenants.claims, operators.provider],
  ])('%s is refused, whatever role it claims', async (_what, claims, provider) => {
    for (const role of ['TenantAdmin', 'SystemAdmin'])
      await expect(provider.verify(issuer.token({ ...claims, 'custom:userRole': role }))).rejects.toThrow(
        'issued by another issuer',
      );
  });

  it('one pool’s issuer with the other’s client is neither’s', async () => {
    const mixed = issuer.token({ ...tenants.claims, aud: operators.claims.aud });
    await expect(tenants.provider.verify(mixed)).rejects.toThrow('issued to another client');
    await expect(operators.provider.verify(mixed)).rejects.toThrow('issued by another issuer');
  });

  it('each accepts its own', async () => {
    for (const { claims, provider } of [tenants, operators])
      await expect(provider.verify(issuer.token(claims))).resolves.toBeDefined();
  });
});
