import { APPLICATION_ROUTES } from '@granary/api';
import { type Authorizer, type IdentityProvider, InvalidTokenError } from '@granary/auth';
import { JwtVerifier } from 'aws-jwt-verify';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { Attempt } from '../attempt';
import { takeApart } from '../classes/forgery';
import { forgeries, keyOf, poolKeys } from '../classes/tokens';
import { setStatus } from '../field/deactivation';
import { expiredTokens } from '../field/expired-tokens';
import { type Field, neighboursOf, type TenantField } from '../field/field';
import { otherClientToken } from '../field/other-client';
import { authorized, authorizerOf, directoryOf, handledDeletion, providerOf, widened } from './layers';
import type { Mutation } from './mutation';

type Verify = IdentityProvider['verify'];
type Claims = Readonly<Record<string, unknown>>;

const tenantOf = (field: Field) => field.tenants[0] as TenantField;

/** The suite's bad tokens at an authorizer in this process. */
async function tokens(field: Field, authorize: Authorizer): Promise<Attempt[]> {
  const tenant = tenantOf(field);
  const { deployment, admin } = tenant;
  const elsewhere = field.tenants.find((one) => one.deployment !== deployment) as TenantField;
  const [victim = tenant] = neighboursOf(field, tenant);
  const key = await keyOf(field, deployment.userPoolId, admin.idToken);
  const expired = await expiredTokens({ ...field, tenants: [tenant] });
  const bad = [
    ...forgeries(admin.idToken, victim.tenantId, key),
    { name: 'an access token', token: admin.accessToken },
    { name: "another deployment's token", token: elsewhere.admin.idToken },
    { name: "another client's token", token: await otherClientToken(field, tenant) },
    { name: 'an expired token', token: expired.get(tenant.tenantId) ?? '' },
  ];
  const attempt = (name: string, token: string, expected: Attempt['expected']): Attempt => ({
    kind: 'tokens at the authorizer',
    name,
    expected,
    tenantId: 'nobody',
    run: () => authorized(authorize, deployment, token, 'GET/products'),
  });
  return [
    // Without it, a verifier that refuses everything would look sound.
    attempt('the genuine token', admin.idToken, 'served'),
    ...bad.map(({ name, token }) => attempt(name, token, 'refused')),
  ];
}

/** Signature and times by the keys of the deployment's pool; what else is asked of a token is the mutation's. */
async function verifying(
  field: Field,
  options: { audience: boolean; issuer: boolean; use: boolean; expiry: boolean },
): Promise<Verify> {
  const { deployment } = tenantOf(field);
  const own = String(takeApart(tenantOf(field).admin.idToken).claims.iss);
  return async (token) => {
    try {
      const { payload } = decomposeUnverifiedJwt(token);
      const issuer = options.issuer ? own : String(payload.iss);
      const pool = issuer.split('/').pop() ?? '';
      const verifier = JwtVerifier.create({
        issuer,
        audience: options.audience ? deployment.clientId : null,
        jwksUri: `https://keys.example.com/${pool}`,
        graceSeconds: options.expiry ? 0 : 1_000_000_000,
      });
      verifier.cacheJwks({ keys: await poolKeys(field, pool) } as never);
      const claims = (await verifier.verify(token)) as Claims;
      if (options.use && claims.token_use !== 'id') throw new InvalidTokenError('not an id token');
      return claims;
    } catch (cause) {
      throw new InvalidTokenError('refused by the mutated verifier', { cause });
    }
  };
}

const ALL = { audience: true, issuer: true, use: true, expiry: true };

const verification = (
  defence: string,
  off: string,
  expected: Mutation['expected'],
  verify: (field: Field) => Promise<Verify>,
): Mutation => ({
  defence,
  off,
  expected,
  run: async (field, make) => {
    const { deployment } = tenantOf(field);
    const { claims } = providerOf(field, deployment);
    const authorize = authorizerOf(field, deployment, { provider: { claims, verify: await verify(field) } });
    return make(await tokens(field, authorize));
  },
});

const without = (
  defence: string,
  expected: Mutation['expected'],
  off: Partial<typeof ALL>,
  words = 'unchecked',
) => verification(defence, words, expected, (field) => verifying(field, { ...ALL, ...off }));

const decoded = async (token: string) => {
  try {
    return takeApart(token).claims;
  } catch (cause) {
    throw new InvalidTokenError('malformed', { cause });
  }
};

/** Defences in the code of the authorizer and of the handler, switched off by their own options. */
export const CODE_MUTATIONS: readonly Mutation[] = [
  {
    defence: 'the authorizer as it is',
    off: 'nothing',
    expected: 'holds',
    run: async (field, make) =>
      make(await tokens(field, authorizerOf(field, tenantOf(field).deployment, {}))),
  },
  without("the mutations' own verifier", 'holds', {}, 'nothing'),
  verification('signature', 'unchecked', 'leaks', async () => decoded),
  verification('algorithm', '`none` is taken', 'leaks', async (field) => {
    const verify = await verifying(field, ALL);
    return async (token) =>
      /none/i.test(String(takeApart(token).header.alg)) ? decoded(token) : verify(token);
  }),
  without('audience', 'leaks', { audience: false }),
  without('expiry', 'leaks', { expiry: false }),
  without('issuer', 'holds', { issuer: false }, 'unchecked; the audience is of one client'),
  without('issuer and audience', 'leaks', { issuer: false, audience: false }),
  without(
    'token use',
    'holds',
    { use: false },
    'unchecked; an access token lacks the audience and the claims',
  ),
  {
    defence: "tenant's status in the directory",
    off: 'ignored',
    expected: 'leaks',
    run: (field, make) => deactivated(field, make, true),
  },
  {
    defence: "tenant's status in the directory",
    off: 'nothing',
    expected: 'holds',
    run: (field, make) => deactivated(field, make, false),
  },
  {
    defence: "role in the authorizer's policy",
    off: 'every role has every route',
    expected: 'leaks',
    run: (field, make) => make([deletionAtAuthorizer(field, true)]),
  },
  {
    defence: "role in the authorizer's policy",
    off: 'nothing',
    expected: 'holds',
    run: (field, make) => make([deletionAtAuthorizer(field, false)]),
  },
  {
    defence: 'role in the handler',
    off: 'every role has every route',
    expected: 'leaks',
    run: (field, make) => make([deletionAtHandler(field, true)]),
  },
  {
    defence: 'role in the handler',
    off: 'nothing',
    expected: 'holds',
    run: (field, make) => make([deletionAtHandler(field, false)]),
  },
];

async function deactivated(field: Field, make: Parameters<Mutation['run']>[1], ignored: boolean) {
  const tenant = tenantOf(field);
  const { deployment, tenantId, tier, admin } = tenant;
  const directory = ignored
    ? { activeTenant: async () => ({ tenantId, tier, usageKey: 'attack' }) }
    : directoryOf(field, deployment);
  const authorize = authorizerOf(field, deployment, { directory });
  await setStatus(field, tenant, 'inactive');
  try {
    return await make([
      {
        kind: 'a deactivated tenant at the authorizer',
        name: tenantId,
        expected: 'refused',
        tenantId,
        run: () => authorized(authorize, deployment, admin.idToken, 'GET/products'),
      },
    ]);
  } finally {
    await setStatus(field, tenant, 'active');
  }
}

function deletionAtAuthorizer(field: Field, opened: boolean): Attempt {
  const { deployment, user, tenantId } = tenantOf(field);
  const routes = opened ? APPLICATION_ROUTES.map(widened) : APPLICATION_ROUTES;
  const authorize = authorizerOf(field, deployment, { routes });
  return {
    kind: "a user's deletion at the authorizer",
    name: tenantId,
    expected: 'refused',
    tenantId,
    run: () => authorized(authorize, deployment, user.idToken, 'DELETE/products/01JD000000000000000000000Z'),
  };
}

function deletionAtHandler(field: Field, opened: boolean): Attempt {
  const tenant = tenantOf(field);
  const run = () => handledDeletion(tenant, opened);
  return {
    kind: "a user's deletion at the handler",
    name: 'acorn',
    expected: 'refused',
    tenantId: tenant.tenantId,
    run,
  };
}
