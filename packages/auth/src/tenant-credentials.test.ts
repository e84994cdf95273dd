import fc from 'fast-check';
import type { TenantCredentials } from './authorizer-context';
import { TenantCredentialsError } from './errors';
import type { TenantPrincipal } from './principal';
import { sessionPolicy } from './session-policy';
import {
  MIN_CREDENTIAL_LIFE_SECONDS,
  SESSION_SECONDS,
  type TenantSession,
  tenantCredentials,
  tenantSession,
} from './tenant-credentials';

const ROLE_ARN = 'arn:aws:iam::222222222222:role/granary-pool-us-tenant';

const principal = (over: Partial<TenantPrincipal> = {}): TenantPrincipal => ({
  kind: 'tenant',
  userId: 'u1',
  userName: 'ann',
  role: 'TenantAdmin',
  tenantId: 'acme',
  tier: 'basic',
  ...over,
});

/** A source over an STS that counts, with a clock that a test may move. */
function source(options: { capacity?: number; lifeSeconds?: number } = {}) {
  const state = { now: Date.parse('2026-01-01T00:00:00Z'), broken: false };
  const asked: TenantSession[] = [];
  const { credentialsFor } = tenantCredentials({
    roleArn: ROLE_ARN,
    assume: async (session): Promise<TenantCredentials> => {
      asked.push(session);
      if (state.broken) throw new Error('sts is away');
      const life = (options.lifeSeconds ?? session.durationSeconds) * 1000;
      return {
        accessKeyId: `ASIA${asked.length}`,
        secretAccessKey: 's',
        sessionToken: 't',
        expiresAt: new Date(state.now + life),
      };
    },
    now: () => state.now,
    ...(options.capacity ? { capacity: options.capacity } : {}),
  });
  return { state, asked, credentialsFor };
}

it('a session carries the tenant, the role and the tier as tags, and the policy of the role', async () => {
  const { asked, credentialsFor } = source();
  await credentialsFor(principal({ role: 'TenantUser' }));
  expect(asked).toEqual([
    {
      roleArn: ROLE_ARN,
      sessionName: 'acme-TenantUser',
      durationSeconds: SESSION_SECONDS,
      policy: sessionPolicy('TenantUser'),
      tags: { TenantId: 'acme', Role: 'TenantUser', Tier: 'basic' },
    },
  ]);
});

it('users of one tenant and role share a session', async () => {
  const { asked, credentialsFor } = source();
  const first = await credentialsFor(principal());
  expect(await credentialsFor(principal({ userId: 'u2', userName: 'bob' }))).toBe(first);
  expect(asked).toHaveLength(1);
});

it.each<[string, Partial<TenantPrincipal>]>([
  ['tenant', { tenantId: 'acme-2' }],
  ['role', { role: 'TenantUser' }],
  ['tier', { tier: 'premium' }],
])('another %s gets a session of its own', async (_what, over) => {
  const { asked, credentialsFor } = source();
  const first = await credentialsFor(principal());
  expect((await credentialsFor(principal(over))).accessKeyId).not.toBe(first.accessKeyId);
  expect(asked).toHaveLength(2);
});

it('requests at the same moment share one call', async () => {
  const { asked, credentialsFor } = source();
  const all = await Promise.all(Array.from({ length: 25 }, () => credentialsFor(principal())));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
  expect(asked).toHaveLength(1);
});

it('a failed call is not remembered', async () => {
  const { state, credentialsFor } = source();
  state.broken = true;
  await expect(credentialsFor(principal())).rejects.toThrow('sts is away');
  state.broken = false;
  await expect(credentialsFor(principal())).resolves.toBeDefined();
});

it('credentials are used until their life is just enough, and not a moment longer', async () => {
  const { state, asked, credentialsFor } = source();
  await credentialsFor(principal());
  state.now += (SESSION_SECONDS - MIN_CREDENTIAL_LIFE_SECONDS) * 1000;
  await credentialsFor(principal());
  expect(asked).toHaveLength(1);
  state.now += 1;
  await credentialsFor(principal());
  expect(asked).toHaveLength(2);
});

it('the life that must be left covers the cached answer, the longest request and the skew of clocks', () => {
  expect(MIN_CREDENTIAL_LIFE_SECONDS).toBe(300 + 30 + 60);
});

it('whenever credentials are handed out, enough of their life is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 30 }), async (pauses) => {
      const { state, credentialsFor } = source();
      for (const pause of pauses) {
        state.now += pause * 1000;
        const { expiresAt } = await credentialsFor(principal());
        expect(expiresAt.getTime() - state.now).toBeGreaterThanOrEqual(MIN_CREDENTIAL_LIFE_SECONDS * 1000);
      }
    }),
  );
});

it('a session that STS makes too short is refused, not handed out', async () => {
  const { credentialsFor } = source({ lifeSeconds: MIN_CREDENTIAL_LIFE_SECONDS - 1 });
  await expect(credentialsFor(principal())).rejects.toThrow(TenantCredentialsError);
});

it('the session that was used longest ago is forgotten first', async () => {
  const { asked, credentialsFor } = source({ capacity: 2 });
  await credentialsFor(principal({ tenantId: 'acme' }));
  await credentialsFor(principal({ tenantId: 'globex' }));
  await credentialsFor(principal({ tenantId: 'acme' }));
  await credentialsFor(principal({ tenantId: 'initech' }));
  await credentialsFor(principal({ tenantId: 'acme' }));
  expect(asked).toHaveLength(3);
  await credentialsFor(principal({ tenantId: 'globex' }));
  expect(asked).toHaveLength(4);
});

it('the name of a session is one that STS takes, for every tenant id and role', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/),
      fc.constantFrom('TenantAdmin' as const, 'TenantUser' as const),
      (tenantId, role) => {
        expect(tenantSession(ROLE_ARN, principal({ tenantId, role })).sessionName).toMatch(
          /^[\w+=,.@-]{2,64}$/,
        );
      },
    ),
  );
});
