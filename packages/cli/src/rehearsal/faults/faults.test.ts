import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadManifest, type Manifest } from '@granary/manifest';
import { FAULTS } from './faults';

const ROOT = join(__dirname, '..', '..', '..', '..', '..');

let manifest: Manifest;
beforeAll(async () => {
  manifest = loadManifest(await readFile(join(ROOT, 'tenants.json'), 'utf8'));
});

test.each(FAULTS.map((fault) => [fault.name, fault] as const))(
  'the fault "%s" finds its place in the project',
  async (_, { file, change }) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    expect(change(text, manifest)).not.toBe(text);
  },
);

test('a fault leaves a file in which it finds no place as it is', () => {
  for (const { change } of FAULTS) expect(change('another file\n', manifest)).toBe('another file\n');
});

test('every fault has a name of its own, and what must come of it', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  for (const { expected } of FAULTS)
    if (expected.kind === 'halt') expect(expected.gates.length).toBeGreaterThan(0);
});

test('what goes wrong in the cloud goes wrong in an account of the manifest', () => {
  const accounts = new Set(manifest.cells.map(({ account }) => account));
  for (const { injected } of FAULTS)
    for (const { account } of injected?.(manifest) ?? [])
      if (account !== undefined) expect(accounts).toContain(account);
});
