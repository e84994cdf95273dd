import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../cli-error';
import { MANIFEST } from '../render/sample-fleet';
import { moveTenant, offboardTenant, pinTenant, removeTenant, unpinTenant } from './change-tenant';
import { ProjectForTests } from './project-for-tests';

let project: ProjectForTests;

beforeEach(async () => {
  project = await ProjectForTests.make(MANIFEST);
});
afterEach(() => project.remove());

const text = () => readFile(join(project.folder, 'tenants.json'), 'utf8');
const acme = async () => JSON.parse(await text()).tenants[0];

test('a tenant moves to another cell, and lets go of an account of its own', async () => {
  await moveTenant(project.context(), 'acme', { account: '444444444444' });
  expect(await acme()).toMatchObject({ cell: 'eu-1', account: '444444444444' });
  await moveTenant(project.context(), 'acme', { cell: 'us-1' });
  expect(await acme()).toMatchObject({ cell: 'us-1' });
  expect(await acme()).not.toHaveProperty('account');
});

test('a tenant is held to a version and let go of, and the answer says in which wave it is', async () => {
  await pinTenant(project.context(true), 'acme', { version: '0123abc' });
  expect(JSON.parse(project.takeLines().join(''))).toMatchObject({
    tenant: { version: '0123abc' },
    wave: null,
  });
  project.takeLines();
  await unpinTenant(project.context(true), 'acme', { version: true });
  expect(JSON.parse(project.takeLines().join(''))).toMatchObject({
    tenant: { ring: 'canary' },
    wave: 'first',
  });
  await unpinTenant(project.context(), 'acme', {});
  expect(await acme()).not.toHaveProperty('ring');
});

test('the same change twice is one, and says so', async () => {
  await pinTenant(project.context(), 'acme', { ring: 'canary' });
  expect(project.takeLines()).toEqual(['acme: tenants.json says so already']);
});

test('a tenant is taken out once it has a tombstone', async () => {
  const before = await text();
  await expect(removeTenant(project.context(), 'acme', {})).rejects.toThrow(
    'offboard it first, or pass --keep-stack',
  );
  expect(await text()).toBe(before);
  await offboardTenant(project.context(), 'acme');
  expect(await acme()).toMatchObject({ state: 'offboarding' });
  expect(await removeTenant(project.context(), 'acme', {})).toBe(EXIT.ok);
  expect(JSON.parse(await text()).tenants).toEqual([]);
});

test('a tenant without a tombstone is taken out when that is meant', async () => {
  await removeTenant(project.context(), 'acme', { keepStack: true });
  expect(JSON.parse(await text()).tenants).toEqual([]);
});

test.each([
  ['a cell that does not exist', () => moveTenant(project.context(), 'acme', { cell: 'mars-1' }), /mars-1/],
  ['a ring that no wave names', () => pinTenant(project.context(), 'acme', { ring: 'outer' }), /outer/],
  ['a tenant that is not there', () => offboardTenant(project.context(), 'hooli'), /lists no tenant "hooli"/],
])('%s leaves the manifest, and nothing else in the folder', async (_, command, message) => {
  const before = await text();
  await expect(command()).rejects.toThrow(message);
  expect(await text()).toBe(before);
  expect(await readdir(project.folder)).toEqual(['tenants.json']);
});

test.each([
  ['move', () => moveTenant(project.context(), 'acme', {})],
  ['pin', () => pinTenant(project.context(), 'acme', {})],
])('%s wants to know what to change', (_, command) => {
  expect(command).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
});
