import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the local cloud keeps, one path each; the whole folder may be deleted while nothing runs. */
export interface StateFolder {
  readonly root: string;
  /** The engine's installation; survives a fresh start. */
  readonly venv: string;
  /** The engine's checkpoint. */
  readonly state: string;
  /** The bare git remote. */
  readonly remote: string;
  /** The checkout that releases build in. */
  readonly workspace: string;
  readonly runs: string;
  readonly logs: string;
  /** The build image: npm in front of npm, pinned tools. */
  readonly buildImage: string;
}

export function stateFolder(root: string): StateFolder {
  const at = (name: string) => join(root, name);
  return {
    root,
    venv: at('venv'),
    state: at('state'),
    remote: at('remote.git'),
    workspace: at('workspace'),
    runs: at('runs'),
    logs: at('logs'),
    buildImage: at('build-image'),
  };
}

/** Survive a fresh start: what was downloaded, who runs. */
const KEPT = new Set(['venv', 'build-image', 'cloud.json']);

/** Deletes all state: accounts, stacks, runs, the remote and the checkout. */
export async function wipeState(folder: StateFolder): Promise<void> {
  const names = await readdir(folder.root).catch(() => []);
  const gone = names.filter((name) => !KEPT.has(name));
  await Promise.all(gone.map((name) => rm(join(folder.root, name), { recursive: true, force: true })));
}
