import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { BundleStamps } from './bundle-stamps';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-stamps-'));
  for (const name of ['shared.ts', 'one.ts', 'other.ts', 'one.js', 'other.js'])
    writeFileSync(join(folder, name), name);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const METAFILE = {
  inputs: {},
  outputs: {
    'out/one/index.js': { inputs: { 'one.ts': {}, 'shared.ts': {}, '(disabled):fs': {} } },
    'out/other/index.js': { inputs: { 'other.ts': {}, 'shared.ts': {} } },
  },
} as unknown as Metafile;

const stamps = (settings: unknown = 'same') =>
  new BundleStamps(join(folder, 'stamps.json'), folder, settings);
const record = () => stamps().record(METAFILE, (output) => basename(dirname(output)));
/** Which of the two bundles need not be made again. */
const fresh = (of = stamps()) =>
  ['one', 'other'].filter((name) => of.isFresh(name, join(folder, `${name}.js`)));

test('without stamps, nothing is fresh', () => {
  expect(fresh()).toEqual([]);
});

test('a bundle whose sources are what they were is fresh', () => {
  record();
  expect(fresh()).toEqual(['one', 'other']);
});

test.each([
  ['a source of one bundle', 'one.ts', ['other']],
  ['a source of both', 'shared.ts', []],
])('%s that changes makes its bundles stale', (_, source, left) => {
  record();
  writeFileSync(join(folder, source), 'changed');
  expect(fresh()).toEqual(left);
});

test('a bundle or a source that is gone makes it stale', () => {
  record();
  rmSync(join(folder, 'one.js'));
  rmSync(join(folder, 'other.ts'));
  expect(fresh()).toEqual([]);
});

test('other settings, or stamps that nobody can read, make everything stale', () => {
  record();
  expect(fresh(stamps('others'))).toEqual([]);
  writeFileSync(join(folder, 'stamps.json'), '{"half');
  expect(fresh()).toEqual([]);
});
