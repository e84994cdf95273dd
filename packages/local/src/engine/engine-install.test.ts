import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installEngine } from './engine-install';

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a half-made environment is made anew, once for two starts at a time, and then kept', async () => {
  const venvFolder = join(folder, 'venv');
  await mkdir(join(venvFolder, 'bin'), { recursive: true });
  writeFileSync(join(venvFolder, 'bin', 'python'), 'broken');
  const lines: string[] = [];
  const install = () => installEngine({ venvFolder, onProgress: (line) => lines.push(line) });
  const [first, second] = await Promise.all([install(), install()]);
  expect(first).toBe(second);
  expect(lines).toEqual([expect.stringMatching(/^installing .* into .*venv$/), 'the engine is installed']);
  const marker = readFileSync(join(venvFolder, 'granary-complete.json'), 'utf8');
  await install();
  expect(lines).toHaveLength(2);
  expect(readFileSync(join(venvFolder, 'granary-complete.json'), 'utf8')).toBe(marker);
});
