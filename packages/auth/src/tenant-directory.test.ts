import { TenantDirectoryError, TenantInactiveError } from './errors';
import { DIRECTORY_TTL_SECONDS, tenantDirectory } from './tenant-directory';

const ACTIVE = { tenantId: 'acme', status: 'active', tier: 'basic', usageKey: 'key-of-acme', name: 'Acme' };

/** A directory over rows that a test may change, with a clock that it may move, and a count of the reads. */
function directory(rows: Record<string, unknown>, capacity?: number) {
  const state = { now: 1_000_000, reads: 0 };
  const { activeTenant } = tenantDirectory({
    read: async (tenantId) => {
      state.reads += 1;
      return rows[tenantId];
    },
    now: () => state.now,
    ...(capacity ? { capacity } : {}),
  });
  return { state, activeTenant };
}

it('an active tenant is known by its tier and usage key', async () => {
  await expect(directory({ acme: ACTIVE }).activeTenant('acme')).resolves.toEqual({
    tenantId: 'acme',
    tier: 'basic',
    usageKey: 'key-of-acme',
  });
});

it.each(['provisioning', 'inactive', 'failed'])('a tenant that is %s is turned away', async (status) => {
  await expect(directory({ acme: { ...ACTIVE, status } }).activeTenant('acme')).rejects.toThrow(
    new TenantInactiveError('acme', status),
  );
});

it('a tenant of another deployment is turned away', async () => {
  await expect(directory({ acme: ACTIVE }).activeTenant('globex')).rejects.toThrow('its status is unknown');
});

it('a tenant that is not admitted yet needs no usage key to be turned away', async () => {
  const row = { ...ACTIVE, status: 'provisioning', usageKey: undefined };
  await expect(directory({ acme: row }).activeTenant('acme')).rejects.toThrow(TenantInactiveError);
});

it.each([
  ['status', { ...ACTIVE, status: 'gone' }],
  ['tier', { ...ACTIVE, tier: undefined }],
  ['usageKey', { ...ACTIVE, usageKey: '' }],
])('an entry whose %s is malformed serves nobody', async (name, row) => {
  await expect(directory({ acme: row }).activeTenant('acme')).rejects.toThrow(
    new TenantDirectoryError('acme', `missing or malformed ${name}`),
  );
});

it('a tenant is read once within the time that the answer may be used, and again right after', async () => {
  const { state, activeTenant } = directory({ acme: ACTIVE });
  await activeTenant('acme');
  state.now += DIRECTORY_TTL_SECONDS * 1000 - 1;
  await activeTenant('acme');
  expect(state.reads).toBe(1);
  state.now += 1;
  await activeTenant('acme');
  expect(state.reads).toBe(2);
});

it('a tenant that was deactivated is out when the time is over, and stays out', async () => {
  const rows: Record<string, unknown> = { acme: ACTIVE };
  const { state, activeTenant } = directory(rows);
  await activeTenant('acme');
  rows.acme = { ...ACTIVE, status: 'inactive' };
  state.now += DIRECTORY_TTL_SECONDS * 1000;
  await expect(activeTenant('acme')).rejects.toThrow(TenantInactiveError);
  await expect(activeTenant('acme')).rejects.toThrow(TenantInactiveError);
});

it('a tenant that becomes active is let in at once', async () => {
  const rows: Record<string, unknown> = { acme: { ...ACTIVE, status: 'provisioning' } };
  const { activeTenant } = directory(rows);
  await expect(activeTenant('acme')).rejects.toThrow(TenantInactiveError);
  rows.acme = ACTIVE;
  await expect(activeTenant('acme')).resolves.toMatchObject({ tier: 'basic' });
});

it('a directory that cannot be read lets nobody in on what was known before', async () => {
  const state = { now: 0, broken: false };
  const { activeTenant } = tenantDirectory({
    read: async () => {
      if (state.broken) throw new Error('unreachable');
      return ACTIVE;
    },
    now: () => state.now,
  });
  await activeTenant('acme');
  state.broken = true;
  state.now += DIRECTORY_TTL_SECONDS * 1000;
  await expect(activeTenant('acme')).rejects.toThrow('unreachable');
});

it('requests at the same moment share one read', async () => {
  const { state, activeTenant } = directory({ acme: ACTIVE });
  await Promise.all(Array.from({ length: 10 }, () => activeTenant('acme')));
  expect(state.reads).toBe(1);
});

it('it remembers no more tenants than it may', async () => {
  const { state, activeTenant } = directory({ acme: ACTIVE, globex: { ...ACTIVE, tenantId: 'globex' } }, 1);
  await activeTenant('acme');
  await activeTenant('globex');
  await activeTenant('acme');
  expect(state.reads).toBe(3);
});
