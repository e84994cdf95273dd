import { ContentionProblem } from '@granary/api';
import fc from 'fast-check';
import { LEASE_MS, managedUsers } from './managed-users';
import { MemoryAccounts, MemoryUserRows } from './memory-users';
import { tenantRealm } from './realms';

const ACME = tenantRealm({ tenantId: 'acme', tier: 'basic' });

function setting() {
  const rows = new MemoryUserRows();
  const accounts = new MemoryAccounts();
  const clock = { now: Date.UTC(2026, 0, 1) };
  const users = managedUsers({ realm: ACME, rows, accounts, now: () => new Date(clock.now) });
  return { rows, accounts, clock, users };
}

const ANN = 'ann@acme.example.com';
const BOB = 'bob@acme.example.com';
const admin = (userName: string) => ({ userName, role: 'TenantAdmin' as const });

const enabledAdmins = ({ people }: MemoryAccounts) =>
  [...people.values()].filter(
    ({ enabled, attributes }) => enabled && attributes['custom:userRole'] === 'TenantAdmin',
  ).length;

it('a user that is invited has the tenant, tier and role that the platform says', async () => {
  const { users, accounts } = setting();
  await users.create({ userName: ANN, role: 'TenantUser' });
  expect(accounts.people.get(ANN)?.attributes).toEqual({
    'custom:tenantId': 'acme',
    'custom:tenantTier': 'basic',
    'custom:userRole': 'TenantUser',
  });
});

it.each(['remove', 'disable', 'demote'] as const)(
  'the last enabled administrator cannot %s itself',
  async (how) => {
    const { users, accounts } = setting();
    await users.create(admin(ANN));
    const bob = await users.create(admin(BOB));
    await users.disable(BOB);
    const { version } = await users.get(ANN);
    const attempt = () =>
      how === 'demote' ? users.setRole(ANN, 'TenantUser', version) : users[how](ANN).then(() => undefined);
    await expect(attempt()).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('last enabled'),
    });
    expect(enabledAdmins(accounts)).toBe(1);
    await users.enable(BOB);
    await attempt();
    expect(accounts.people.get(BOB)).toMatchObject({ userId: bob.userId, enabled: true });
  },
);

it('a user of another tenant of the same pool is not there, and keeps its address', async () => {
  const { users, accounts, rows } = setting();
  await accounts.create(BOB, { 'custom:tenantId': 'other', 'custom:userRole': 'TenantAdmin' });
  for (const attempt of [() => users.get(BOB), () => users.disable(BOB), () => users.remove(BOB)])
    await expect(attempt()).rejects.toMatchObject({ status: 404 });
  await expect(users.create(admin(BOB))).rejects.toMatchObject({ status: 409 });
  expect(accounts.people.get(BOB)).toMatchObject({
    enabled: true,
    attributes: { 'custom:tenantId': 'other' },
  });
  expect(rows.rows.size).toBe(0);
});

it('an account that the directory lacks is entered when it is first named, and counts', async () => {
  const { users, accounts, rows } = setting();
  await accounts.create(ANN, { ...ACME.marks, 'custom:userRole': 'TenantAdmin' });
  expect(await users.get(ANN)).toMatchObject({ role: 'TenantAdmin', enabled: true, counted: true });
  expect(rows.admins).toBe(1);
});

it('what meets others before it is settled is made all the same, and settled by who names the user next', async () => {
  const { users, rows, accounts, clock } = setting();
  const write = rows.write.bind(rows);
  rows.write = async (change) => {
    if (!change.row?.pending) throw new ContentionProblem();
    await write(change);
  };
  await expect(users.create(admin(ANN))).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('is being changed'),
    headers: { 'Retry-After': '5' },
  });
  rows.write = write;
  clock.now += LEASE_MS;
  expect(await users.get(ANN)).toMatchObject({ role: 'TenantAdmin', counted: true });
  expect([accounts.people.size, rows.admins]).toEqual([1, 1]);
});

it('tokens end with a disabled, demoted or deleted user, not with an enabled one', async () => {
  const { users, rows } = setting();
  await users.create(admin(ANN));
  const { userId } = await users.create(admin(BOB));
  await users.disable(BOB);
  const ends = rows.ended.length;
  expect(rows.ended.every((ended) => ended.userId === userId)).toBe(true);
  await users.enable(BOB);
  expect(rows.ended).toHaveLength(ends);
});

it('a support user counts for nothing, and can be put out but not changed', async () => {
  const { users, rows, accounts } = setting();
  const support = { until: new Date(Date.UTC(2026, 0, 2)), reason: 'looks at an order', password: 'secret' };
  const { version } = await users.create({ ...admin(BOB), support });
  expect(rows.admins).toBe(0);
  expect(accounts.people.get(BOB)?.attributes['custom:accessUntil']).toBe(
    String(Date.UTC(2026, 0, 2) / 1000),
  );
  await expect(users.setRole(BOB, 'TenantUser', version)).rejects.toMatchObject({ status: 403 });
  await users.remove(BOB);
  expect(accounts.people.size).toBe(0);
});

it('what nobody ended is refused to others while its lease lasts, and then ended by the next', async () => {
  const { users, accounts, clock } = setting();
  await users.create(admin(ANN));
  await users.create(admin(BOB));
  const disable = accounts.disable.bind(accounts);
  accounts.disable = () => Promise.reject(new Error('crash'));
  await expect(users.disable(BOB)).rejects.toThrow('crash');
  accounts.disable = disable;
  await expect(users.enable(BOB)).rejects.toMatchObject({ status: 409 });
  // It left the counter before the pool was asked: the other one is the last already.
  await expect(users.disable(ANN)).rejects.toMatchObject({ message: expect.stringContaining('last') });
  clock.now += LEASE_MS;
  expect(await users.get(BOB)).toMatchObject({ enabled: false, counted: false });
  expect(accounts.people.get(BOB)?.enabled).toBe(false);
});

it('however calls interleave and crash, an enabled administrator is always there', async () => {
  const name = fc.constantFrom(ANN, BOB, 'cid@acme.example.com');
  const call = fc.record({
    name,
    how: fc.constantFrom('disable', 'enable', 'remove', 'demote', 'promote', 'create'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
      fc.infiniteStream(fc.nat(9)),
      async (scheduler, actors, crashes) => {
        const { rows, accounts, clock, users } = setting();
        await users.create(admin(ANN));
        await users.create(admin(BOB));
        const seen: number[] = [];
        const wrapped = managedUsers({
          realm: ACME,
          rows: scheduled(rows, ['get', 'page', 'write']),
          accounts: scheduled(accounts, [
            'find',
            'create',
            'setRole',
            'enable',
            'disable',
            'signOut',
            'remove',
          ]),
          now: () => new Date(clock.now),
        });
        function scheduled<T extends object>(port: T, names: readonly (keyof T)[]): T {
          const calls = names.map((method) => [
            method,
            async (...given: unknown[]) => {
              await scheduler.schedule(Promise.resolve());
              if (crashes.next().value === 0) throw new Error('crash');
              const result = await (port[method] as (...all: unknown[]) => Promise<unknown>).apply(
                port,
                given,
              );
              seen.push(enabledAdmins(accounts));
              return result;
            },
          ]);
          return Object.fromEntries(calls);
        }
        const act = async ({ name: userName, how }: { name: string; how: string }) => {
          if (how === 'create') await wrapped.create(admin(userName));
          else if (how === 'disable' || how === 'enable' || how === 'remove') await wrapped[how](userName);
          else {
            const { version } = await wrapped.get(userName);
            await wrapped.setRole(userName, how === 'demote' ? 'TenantUser' : 'TenantAdmin', version);
          }
        };
        const work = actors.map(async (calls) => {
          for (const each of calls) await act(each).catch(() => undefined);
        });
        await scheduler.waitFor(Promise.all(work));
        clock.now += LEASE_MS;
        for (const userName of [...rows.rows.keys()]) await users.get(userName).catch(() => undefined);
        expect(Math.min(...seen, enabledAdmins(accounts))).toBeGreaterThanOrEqual(1);
        expect(rows.admins).toBe(enabledAdmins(accounts));
        expect([...rows.rows.keys()].sort()).toEqual([...accounts.people.keys()].sort());
      },
    ),
    { numRuns: 150 },
  );
});
