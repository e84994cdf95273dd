import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from './checkout';
import { git } from './git';
import { BareRepository } from './github/bare-repository';
import { projectHead, pushHead } from './project-head';
import { addLocalRemote, branchHead, ensureRemote } from './remote';

let folder: string;
let project: string;
let remote: string;

const at = (name: string) => join(folder, name);
const commitFile = async (name: string, text: string): Promise<string> => {
  writeFileSync(join(project, name), text);
  await git(project, ['add', '--all']);
  await git(project, ['commit', '--quiet', `--message=${name}`]);
  return git(project, ['rev-parse', 'HEAD']);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-git-'));
  project = at('project');
  remote = at('remote.git');
  await mkdir(project);
  await git(project, ['init', '--quiet', '--initial-branch=trunk']);
  await git(project, ['config', 'user.name', 'tester']);
  await git(project, ['config', 'user.email', 'tester@example.com']);
  await ensureRemote({ folder: remote, branch: 'main', cloudFile: at('cloud.json') });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a push says on the pusher's terminal. */
const pushOutput = (from: string, ref: string): string =>
  execFileSync('bash', ['-c', `git -C '${from}' push '${remote}' '${ref}' 2>&1`], { encoding: 'utf8' });

test('a push while no local cloud runs says that the next start releases it', async () => {
  const commit = await commitFile('a', '1');
  expect(pushOutput(project, 'HEAD:refs/heads/main')).toContain(
    `the local cloud does not run; its next start releases ${commit.slice(0, 8)}`,
  );
  expect(await branchHead(remote, 'main')).toBe(commit);
});

test('a push to another branch is stored and not released', async () => {
  await commitFile('a', '1');
  expect(pushOutput(project, 'HEAD:refs/heads/feature')).toContain(
    '"feature" is stored; only "main" is released',
  );
  expect(await branchHead(remote, 'main')).toBeUndefined();
});

test('a shallow, detached clone as CI makes it can push and be checked out', async () => {
  await commitFile('a', '1');
  const commit = await commitFile('b', '2');
  await git(folder, ['clone', '--quiet', '--depth=1', `file://${project}`, 'ci']);
  await git(at('ci'), ['checkout', '--quiet', '--detach']);
  expect(await pushHead(at('ci'), remote, 'main')).toBe(commit);
  const result = await checkOut({ remote, workspace: at('workspace'), commit });
  expect(result).toMatchObject({ subject: 'b', fresh: true });
});

test('a checkout removes stale files and keeps ignored ones', async () => {
  await commitFile('.gitignore', 'node_modules\n');
  const one = await commitFile('one', '1');
  await pushHead(project, remote, 'main');
  const workspace = at('workspace');
  await checkOut({ remote, workspace, commit: one });
  await mkdir(join(workspace, 'node_modules'));
  for (const [name, text] of [
    ['stale', 'x'],
    ['node_modules/kept', 'x'],
    ['one', 'edited by a build'],
  ])
    writeFileSync(join(workspace, name ?? ''), text ?? '');
  expect(await checkOut({ remote, workspace, commit: one })).toMatchObject({ fresh: false });
  const left = execFileSync('ls', ['-A', workspace], { encoding: 'utf8' }).trim().split('\n');
  expect(left.sort()).toEqual(['.git', '.gitignore', 'node_modules', 'one']);
  expect(await git(workspace, ['status', '--porcelain'])).toBe('');
});

test('the remote "local" is added once, and a remote of that name that is the user\'s own is left alone', async () => {
  await addLocalRemote(project, remote);
  await addLocalRemote(project, remote);
  expect(await git(project, ['remote', 'get-url', 'local'])).toBe(remote);
  await git(project, ['remote', 'set-url', 'local', 'https://example.com/mine.git']);
  await expect(addLocalRemote(project, remote)).rejects.toThrow(
    'points to "https://example.com/mine.git", not to the local cloud',
  );
});

test('edits that are not committed are named, because they are not released', async () => {
  await commitFile('a', '1');
  writeFileSync(join(project, 'a'), '2');
  writeFileSync(join(project, 'new'), '');
  expect((await projectHead(project)).uncommitted).toEqual(['a', 'new']);
});

test('a project without a commit, or without git, is told what to run', async () => {
  await expect(projectHead(project)).rejects.toThrow('has no commit: a release is a commit. Run "git add -A');
  await expect(projectHead(folder)).rejects.toThrow(
    'is not a git repository: a release is a commit. Run "git init',
  );
});

test('what the control plane committed is never pushed over', async () => {
  const first = await commitFile('a', '1');
  await pushHead(project, remote, 'main');
  const repository = new BareRepository(remote);
  const change = await repository.commitFile(
    first,
    'b',
    Buffer.from('2'),
    'Add b\n\nGranary-Operation: op-1',
  );
  await repository.move('main', first, change);
  expect(await pushHead(project, remote, 'main')).toBe(change);
  await commitFile('c', '3');
  await expect(pushHead(project, remote, 'main')).rejects.toThrow('git pull --rebase');
  await git(project, ['pull', '--quiet', '--rebase', remote, 'main']);
  const pulled = await git(project, ['rev-parse', 'HEAD']);
  expect(await pushHead(project, remote, 'main')).toBe(pulled);
});
