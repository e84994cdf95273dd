import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemporaryClone } from './temporary-clone';

let source: string;
const signal = new AbortController().signal;
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), 'granary-bench-source-'));
  git(source, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(join(source, 'file'), 'one\n');
  git(source, 'add', '--all');
  git(source, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=first');
});

afterEach(() => rmSync(source, { recursive: true, force: true }));

test('a change is committed and pushed from the clone, the source keeps its own files', async () => {
  writeFileSync(join(source, 'file'), 'not committed\n');
  const remote = mkdtempSync(join(tmpdir(), 'granary-bench-remote-'));
  git(remote, 'init', '--quiet', '--bare');
  const clone = await TemporaryClone.make(source, signal);
  try {
    await clone.append('file', 'two\n');
    const commit = await clone.commit('second');
    await clone.push(remote, 'main');
    expect(git(remote, 'show', 'main:file')).toBe('one\ntwo');
    expect(git(remote, 'rev-parse', 'main')).toBe(commit);
    expect(readFileSync(join(source, 'file'), 'utf8')).toBe('not committed\n');
  } finally {
    await clone.remove();
    rmSync(remote, { recursive: true, force: true });
  }
  expect(existsSync(clone.folder)).toBe(false);
});

test('what is no repository cannot be cloned, and leaves no folder behind', () =>
  expect(TemporaryClone.make(join(source, 'nothing'), signal)).rejects.toMatchObject({
    reason: 'exit code 128',
  }));
