import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './python';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-python-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A command that answers the probe as a Python of that kind would. */
const pretend = (name: string, answer: object): string => {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(file, 0o755);
  return file;
};
const whole = { major: 3, minor: 12, venv: true, ensurepip: true, pip: true };

test('the first python that can make an environment is taken', async () => {
  const old = pretend('old', { ...whole, minor: 9 });
  const good = pretend('good', whole);
  expect(await findPython([join(folder, 'none'), old, good])).toEqual({
    command: good,
    version: '3.12',
    packages: 'own-pip',
  });
});

test('a python without ensurepip lends its own pip to the environment', async () => {
  const found = await findPython([pretend('debian', { ...whole, ensurepip: false })]);
  expect(found.packages).toBe('outer-pip');
});

test('what is wrong with each python and what to install is said at once', async () => {
  const candidates = [
    pretend('old', { ...whole, minor: 8 }),
    pretend('bare', { ...whole, venv: false }),
    pretend('poor', { ...whole, ensurepip: false, pip: false }),
  ];
  await expect(findPython(candidates)).rejects.toThrow(
    /old is 3\.8; .*bare \(3\.12\) has no venv module; .*poor \(3\.12\) has neither ensurepip nor pip.*python3-venv/,
  );
});

test('no python at all is said with the names that were tried', async () => {
  await expect(findPython([join(folder, 'none')])).rejects.toThrow(/none of .*none starts/);
});
