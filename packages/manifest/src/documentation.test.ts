import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from './parse';

it('the example of docs/manifest.md is a valid manifest', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'manifest.md'), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(parseManifest(example)).toMatchObject({ ok: true });
});
