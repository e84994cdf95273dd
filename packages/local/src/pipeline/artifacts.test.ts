import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactStore, globPattern } from './artifacts';

let folder: string;
let store: ArtifactStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-artifacts-'));
  store = new ArtifactStore(join(folder, 'artifacts'));
  await mkdir(join(folder, 'build/out/deep'), { recursive: true });
  writeFileSync(join(folder, 'build/out/a.json'), 'a');
  writeFileSync(join(folder, 'build/out/deep/b.js'), 'b');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const GLOBS = [
  { glob: '**/*', yes: ['a', 'a/b/c.d'], no: [] },
  { glob: '*.js', yes: ['a.js'], no: ['d/a.js', 'ajs'] },
  { glob: '**/*.js', yes: ['a.js', 'd/e/a.js'], no: ['a.json'] },
  { glob: './dist/?.txt', yes: ['dist/a.txt'], no: ['dist/ab.txt'] },
  { glob: 'a(b)+.x', yes: ['a(b)+.x'], no: ['abb.x'] },
];

test.each(GLOBS)('pattern $glob', ({ glob, yes, no }) => {
  for (const path of yes) expect(path).toMatch(globPattern(glob));
  for (const path of no) expect(path).not.toMatch(globPattern(glob));
});

test('an artifact is a copy of what the selection matches', async () => {
  await store.keep('Out', join(folder, 'build'), { baseDirectory: 'out', files: ['**/*.js'] });
  expect(existsSync(join(store.folder('Out'), 'deep/b.js'))).toBe(true);
  expect(existsSync(join(store.folder('Out'), 'a.json'))).toBe(false);
});

test('a selection that matches nothing fails', async () => {
  const build = join(folder, 'build');
  await expect(store.keep('Out', build, { baseDirectory: 'nowhere', files: ['**/*'] })).rejects.toThrow(
    'base directory "nowhere" does not exist',
  );
  await expect(store.keep('Out', build, { baseDirectory: 'out', files: ['*.txt'] })).rejects.toThrow(
    'no file in "out"',
  );
});

test('a template outside its artifact is refused', async () => {
  await store.keep('Out', join(folder, 'build'), { baseDirectory: 'out', files: ['**/*'] });
  expect(store.file('Out::deep/b.js')).toBe(join(store.folder('Out'), 'deep/b.js'));
  expect(() => store.file('Out::../../secret')).toThrow('names no file inside artifact "Out"');
  expect(() => store.file('Other::a')).toThrow('no earlier action made it (made so far: Out)');
});
