import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleManifest } from './testing/sample';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-main-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the application as the CDK does, on a manifest of this text. */
function run(text: string, context: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'tenants.json');
  writeFileSync(file, text);
  const tsx = createRequire(__filename).resolve('tsx');
  const { status, stderr } = spawnSync(process.execPath, ['--import', tsx, 'src/main.ts'], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: join(folder, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify({ 'granary:manifest': file, ...context }),
    },
  });
  return { status, stderr };
}

test('a manifest with mistakes is refused with all of them and no stack trace', () => {
  const { status, stderr } = run('{ "application": "UPPER", "tenants": 3 }');
  expect(status).toBe(1);
  expect(stderr).toMatch(/tenants\.json has \d+ problems/);
  expect(stderr).toMatch(/\$\.application/);
  expect(stderr).toMatch(/\$\.tenants/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('an unknown way to package is refused in words', () => {
  const { status, stderr } = run(JSON.stringify(sampleManifest()), { 'granary:packaging': 'zip' });
  expect(status).toBe(1);
  expect(stderr).toBe('context granary:packaging: "zip" is no way to package; write bundled or layer\n');
});
