import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../cli-error';
import { MANIFEST } from '../render/sample-fleet';
import { palette } from '../terminal';
import { moveTenant, offboardTenant, pinTenant, removeTenant, unpinTenant } from './change-tenant';
import type { CommandContext } from './command-context';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'granary-cli-'));
  lines = [];
  await writeFile(join(folder, 'tenants.json'), JSON.stringify(MANIFEST, null, 2));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function context(json = false): CommandContext {
  const terminal = {
    interactive: false,
    palette: palette(false),
    line: (text = '') => lines.push(text),
    note: () => undefined,
    live: () => undefined,
  };
  const project = { folder, stateFolder: join(folder, '.granary') };
  return { project, terminal, json, signal: new AbortController().signal };
}

const text = () => readFile(join(folder, 'tenants.json'), 'utf8');
const acme = async () => JSON.parse(await text()).tenants[0];

test('a tenant moves to another cell, and lets go of an account of its own', async () => {
  await moveTenant(context(), 'acme', { account: '444444444444' });
  expect(await acme()).toMatchObject({ cell: 'eu-1', account: '444444444444' });
  await moveTenant(context(), 'acme', { cell: 'us-1' });
  expect(await acme()).toMatchObject({ cell: 'us-1' });
  expect(await acme()).not.toHaveProperty('account');
});

test('a tenant is held to a version and let go of, and the answer says in which wave it is', async () => {
  await pinTenant(context(true), 'acme', { version: '0123abc' });
  expect(JSON.parse(lines.join(''))).toMatchObject({ tenant: { version: '0123abc' }, wave: null });
  lines = [];
  await unpinTenant(context(true), 'acme', { version: true });
  expect(JSON.parse(lines.join(''))).toMatchObject({ tenant: { ring: 'canary' }, wave: 'first' });
  await unpinTenant(context(), 'acme', {});
  expect(await acme()).not.toHaveProperty('ring');
});

test('the same change twice is one, and says so', async () => {
  await pinTenant(context(), 'acme', { ring: 'canary' });
  expect(lines).toEqual(['acme: tenants.json says so already']);
});

test('a tenant is taken out once it has a tombstone', async () => {
  const before = await text();
  await expect(removeTenant(context(), 'acme', {})).rejects.toThrow(
    'offboard it first, or pass --keep-stack',
  );
  expect(await text()).toBe(before);
  await offboardTenant(context(), 'acme');
  expect(await acme()).toMatchObject({ state: 'offboarding' });
  expect(await removeTenant(context(), 'acme', {})).toBe(EXIT.ok);
  expect(JSON.parse(await text()).tenants).toEqual([]);
});

test('a tenant without a tombstone is taken out when that is meant', async () => {
  await removeTenant(context(), 'acme', { keepStack: true });
  expect(JSON.parse(await text()).tenants).toEqual([]);
});

test.each([
  ['a cell that does not exist', () => moveTenant(context(), 'acme', { cell: 'mars-1' }), /mars-1/],
  ['a ring that no wave names', () => pinTenant(context(), 'acme', { ring: 'outer' }), /outer/],
  ['a tenant that is not there', () => offboardTenant(context(), 'hooli'), /lists no tenant "hooli"/],
])('%s leaves the manifest, and nothing else in the folder', async (_, command, message) => {
  const before = await text();
  await expect(command()).rejects.toThrow(message);
  expect(await text()).toBe(before);
  expect(await readdir(folder)).toEqual(['tenants.json']);
});

test.each([
  ['move', () => moveTenant(context(), 'acme', {})],
  ['pin', () => pinTenant(context(), 'acme', {})],
])('%s wants to know what to change', (_, command) => {
  expect(command).toThrow(expect.objectContaining({ exitCode: EXIT.usage }));
});
