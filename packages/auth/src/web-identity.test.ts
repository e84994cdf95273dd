import type { TenantCredentials } from './authorizer-context';
import { InvalidTokenError, TenantCredentialsError } from './errors';
import type { TenantPrincipal } from './principal';
import { sessionPolicy } from './session-policy';
import { SESSION_TAGS_CLAIM, sessionTagsClaim } from './session-tags';
import { SESSION_SECONDS } from './tenant-credentials';
import {
  MIN_REQUEST_CREDENTIAL_LIFE_SECONDS,
  type WebIdentitySession,
  webIdentityCredentials,
} from './web-identity';

const ROLE_ARN = 'arn:aws:iam::222222222222:role/granary-pool-us-tenant';

const ANN: TenantPrincipal = {
  kind: 'tenant',
  userId: 'u1',
  userName: 'ann',
  role: 'TenantUser',
  tenantId: 'acme',
  tier: 'basic',
};

/** A token as far as the service reads it: the authorizer has verified it. */
const token = (tags: object = {}, claims: object = {}) => {
  const claim = sessionTagsClaim({ TenantId: 'acme', Role: 'TenantUser', Tier: 'basic', ...tags });
  const payload = Buffer.from(JSON.stringify({ [SESSION_TAGS_CLAIM]: claim, ...claims })).toString(
    'base64url',
  );
  return `header.${payload}.signature`;
};

function source(options: { capacity?: number; lifeSeconds?: number } = {}) {
  const state = { now: Date.parse('2026-01-01T00:00:00Z'), broken: false };
  const asked: WebIdentitySession[] = [];
  const { credentialsFor } = webIdentityCredentials({
    roleArn: ROLE_ARN,
    assume: async (session): Promise<TenantCredentials> => {
      asked.push(session);
      if (state.broken) throw new Error('sts is away');
      return {
        accessKeyId: `ASIA${asked.length}`,
        secretAccessKey: 's',
        sessionToken: 't',
        expiresAt: new Date(state.now + (options.lifeSeconds ?? session.durationSeconds) * 1000),
      };
    },
    now: () => state.now,
    ...(options.capacity ? { capacity: options.capacity } : {}),
  });
  return { state, asked, credentialsFor };
}

it('a session is asked for with the person’s own token and the policy of the role', async () => {
  const { asked, credentialsFor } = source();
  await credentialsFor(ANN, token());
  expect(asked).toEqual([
    {
      roleArn: ROLE_ARN,
      sessionName: 'acme@u1',
      durationSeconds: SESSION_SECONDS,
      policy: sessionPolicy('TenantUser'),
      token: token(),
      tenantId: 'acme',
    },
  ]);
});

it('a token has one session, also for requests at the same moment; another token has its own', async () => {
  const { asked, credentialsFor } = source();
  const all = await Promise.all(Array.from({ length: 25 }, () => credentialsFor(ANN, token())));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
  expect(asked).toHaveLength(1);
  await credentialsFor(ANN, token({}, { jti: '2' }));
  expect(asked).toHaveLength(2);
});

it.each<[string, Partial<TenantPrincipal>, object]>([
  ['tenant', {}, { TenantId: 'acme-2' }],
  ['role', {}, { Role: 'TenantAdmin' }],
  ['tenant, the principal being the foreign one', { tenantId: 'globex' }, {}],
])('a token that is tagged for another %s gets nothing, and STS is not asked', async (_what, over, tags) => {
  const { asked, credentialsFor } = source();
  await expect(credentialsFor({ ...ANN, ...over }, token(tags))).rejects.toThrow('those of someone else');
  expect(asked).toEqual([]);
});

it.each([
  ['without tags', `a.${Buffer.from('{}').toString('base64url')}.c`, 'carries no session tags'],
  ['that is none', 'a.b.c', 'malformed'],
])('a token %s is refused', async (_what, given, reason) => {
  const { credentialsFor } = source();
  await expect(credentialsFor(ANN, given)).rejects.toThrow(new InvalidTokenError(reason));
});

it('credentials are used until their life is just enough for a request', async () => {
  const { state, asked, credentialsFor } = source();
  await credentialsFor(ANN, token());
  state.now += (SESSION_SECONDS - MIN_REQUEST_CREDENTIAL_LIFE_SECONDS) * 1000;
  await credentialsFor(ANN, token());
  expect(asked).toHaveLength(1);
  state.now += 1;
  await credentialsFor(ANN, token());
  expect(asked).toHaveLength(2);
});

it('a failed call is not remembered, a session that is too short is not handed out', async () => {
  const { state, credentialsFor } = source();
  state.broken = true;
  await expect(credentialsFor(ANN, token())).rejects.toThrow('sts is away');
  state.broken = false;
  await expect(credentialsFor(ANN, token())).resolves.toBeDefined();
  const short = source({ lifeSeconds: MIN_REQUEST_CREDENTIAL_LIFE_SECONDS - 1 });
  await expect(short.credentialsFor(ANN, token())).rejects.toThrow(TenantCredentialsError);
});

it('the session that was used longest ago is forgotten first', async () => {
  const { asked, credentialsFor } = source({ capacity: 2 });
  const tokens = ['1', '2', '3'].map((jti) => token({}, { jti }));
  for (const each of [...tokens, ...tokens.slice(1)]) await credentialsFor(ANN, each);
  expect(asked).toHaveLength(3);
  await credentialsFor(ANN, tokens[0] as string);
  expect(asked).toHaveLength(4);
});

it('the name of a session is one that STS takes, whatever the issuer calls its users', async () => {
  const { asked, credentialsFor } = source();
  await credentialsFor({ ...ANN, userId: `auth0|${'ü/ '.repeat(40)}` }, token());
  expect(asked[0]?.sessionName).toMatch(/^[\w+=,.@-]{2,64}$/);
});
