import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitError, git } from './git';
import { commitUnnamed } from './unnamed-commit';

let folder: string;
let bare: string;
let parent: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unnamed-commit-'));
  const work = join(folder, 'work');
  bare = join(folder, 'bare.git');
  const identity = ['-c', 'user.name=Granary', '-c', 'user.email=test@granary.example.com'];
  await git(folder, ['init', '--quiet', '--initial-branch=main', work]);
  await writeFile(join(work, 'a.txt'), 'one\ntwo\n');
  await writeFile(join(work, 'b.txt'), 'other\n');
  await git(work, ['add', '--all']);
  await git(work, [...identity, 'commit', '--quiet', '-m', 'Start']);
  parent = await git(work, ['rev-parse', 'HEAD']);
  await git(folder, ['clone', '--quiet', '--bare', work, bare]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const change = (text: string) => text.replace('two', 'three');

test('an unnamed commit changes its one file and follows its parent', async () => {
  const commit = await commitUnnamed(bare, { parent, subject: 'Count', file: 'a.txt', change });
  expect(await git(bare, ['show', `${commit}:a.txt`])).toBe('one\nthree');
  expect(await git(bare, ['diff', '--name-only', parent, commit])).toBe('a.txt');
  expect(await git(bare, ['log', '-1', '--format=%P %s', commit])).toBe(`${parent} Count`);
});

test('no branch names it, and none has moved', async () => {
  const commit = await commitUnnamed(bare, { parent, subject: 'Count', file: 'a.txt', change });
  expect(await git(bare, ['branch', '--contains', commit])).toBe('');
  expect(await git(bare, ['rev-parse', 'main'])).toBe(parent);
});

test('a file that is not there is named in the refusal', async () => {
  const commit = { parent, subject: 'Count', file: 'c.txt', change };
  await expect(commitUnnamed(bare, commit)).rejects.toThrow('has no file "c.txt"');
});

test('a change that changes nothing is refused', async () => {
  const commit = { parent, subject: 'Count', file: 'b.txt', change };
  await expect(commitUnnamed(bare, commit)).rejects.toThrow(GitError);
});
