import type { Deployment, Tenant } from '@granary/api';
import { filterTenants, sortTenants, tenantIndex, UNKNOWN } from './tenant-index';

const AT = '2026-11-28T12:00:00.000Z';
const tenant = (
  tenantId: string,
  name: string,
  tier: string,
  deploymentId: string,
  status = 'active',
): Tenant => ({
  tenantId,
  name,
  tier,
  model: tier === 'platinum' ? 'silo' : 'pool',
  deploymentId,
  status: status as Tenant['status'],
  adminEmail: `admin@${tenantId}.example.com`,
  createdAt: AT,
  updatedAt: AT,
});
const deployment = (deploymentId: string, wave: string, release: string, region = 'us-east-1') =>
  ({ deploymentId, wave, release, account: '222222222222', region }) as Deployment;

const INDEX = tenantIndex(
  [
    tenant('acme', 'Acme Corporation', 'platinum', 'acme'),
    tenant('globex', 'Globex', 'platinum', 'globex', 'inactive'),
    tenant('juniper', 'Juniper Foods', 'basic', 'pool-eu'),
    tenant('sorrel', 'Sorrel', 'premium', 'pool-eu'),
    tenant('new', 'New', 'basic', 'pool-us', 'provisioning'),
  ],
  [
    deployment('acme', 'canary', 'bbbbbbb'),
    deployment('globex', 'everyone', 'aaaaaaa'),
    deployment('pool-eu', 'pools', 'bbbbbbb', 'eu-west-1'),
  ],
);
const ids = (query: Parameters<typeof filterTenants>[1]) =>
  filterTenants(INDEX, query).map((row) => row.tenant.tenantId);

test.each([
  ['everything', {}, ['acme', 'globex', 'juniper', 'sorrel', 'new']],
  ['a part of the name in any case', { text: 'CORP' }, ['acme']],
  ['words that are all there, in any place', { text: 'juniper foods admin@' }, ['juniper']],
  ['a deployment', { text: 'pool-eu' }, ['juniper', 'sorrel']],
  ['a tier', { tier: 'platinum' }, ['acme', 'globex']],
  ['a state', { status: 'inactive' }, ['globex']],
  ['a cell', { cell: '222222222222 eu-west-1' }, ['juniper', 'sorrel']],
  ['a wave', { wave: 'canary' }, ['acme']],
  ['a version', { version: 'bbbbbbb' }, ['acme', 'juniper', 'sorrel']],
  ['all of it together', { version: 'bbbbbbb', tier: 'basic', text: 'jun' }, ['juniper']],
  ['what no deployment is known of', { cell: UNKNOWN }, ['new']],
  ['nothing that fits', { text: 'nobody' }, []],
])('tenants are found by %s', (_, query, found) => {
  expect(ids(query)).toEqual(found);
});

test('the values to choose from are those that are there, with their numbers', () => {
  expect(INDEX.values.wave).toEqual([
    ['canary', 1],
    ['everyone', 1],
    ['pools', 2],
    [UNKNOWN, 1],
  ]);
});

test('rows are in order of a column, either way', () => {
  const order = (descending: boolean) =>
    sortTenants(INDEX.rows, 'name', descending).map((row) => row.tenant.tenantId);
  expect(order(false)).toEqual(['acme', 'globex', 'juniper', 'new', 'sorrel']);
  expect(order(true)).toEqual(['sorrel', 'new', 'juniper', 'globex', 'acme']);
});
