import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadManifest, type Manifest } from '@granary/manifest';
import { type CliError, UsageError } from '../cli-error';
import { fileAt } from '../host/git';
import { MANIFEST_FILE, type Project } from '../host/project';

/** What a plan compares with. */
export interface ReleasedManifest {
  /** As a person would call it. */
  readonly title: string;
  /** @default nothing was released yet */
  readonly manifest?: Manifest;
}

/**
 * The manifest that was released last: a file, or a commit's; when none is named, that of the local cloud's last
 * release that went well, else HEAD's.
 *
 * @throws UsageError when what is named is neither a file nor a commit with a manifest
 */
export async function releasedManifest(
  project: Project,
  from: string | undefined,
): Promise<ReleasedManifest> {
  if (from !== undefined) return named(project, from);
  const commit = await lastReleased(project);
  if (commit !== undefined) {
    const text = await fileAt(project.folder, commit, MANIFEST_FILE).catch(() => undefined);
    // A release of another clone's commit, or of one that was rewritten, is not known here.
    if (text !== undefined)
      return { title: `the release of ${commit.slice(0, 8)}`, manifest: loadManifest(text, MANIFEST_FILE) };
  }
  const text = await fileAt(project.folder, 'HEAD', MANIFEST_FILE).catch(() => undefined);
  return text === undefined
    ? { title: 'nothing: no commit holds a manifest yet' }
    : { title: 'HEAD', manifest: loadManifest(text, MANIFEST_FILE) };
}

async function named({ folder }: Project, from: string): Promise<ReleasedManifest> {
  const file = resolve(folder, from);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return { title: from, manifest: loadManifest(text, from) };
  if (from.startsWith('-')) throw new UsageError(`--from: "${from}" is no commit and no file`);
  const committed = await fileAt(folder, from, MANIFEST_FILE).catch((cause: CliError) => {
    throw new UsageError(
      `--from: "${from}" is no file, and no commit with a ${MANIFEST_FILE} (${cause.message}); fetch it first, or name another`,
      { cause },
    );
  });
  return { title: from, manifest: loadManifest(committed, `${from}:${MANIFEST_FILE}`) };
}

async function lastReleased({ stateFolder }: Project): Promise<string | undefined> {
  const runs = join(stateFolder, 'runs');
  const released = await access(runs).then(
    () => true,
    () => false,
  );
  if (!released) return undefined;
  // Loaded only where there is a local cloud: it brings the SDKs.
  const { RunStore } = await import('@granary/local');
  const records = await new RunStore(runs).list();
  return records.find(({ state }) => state.status === 'succeeded')?.commit;
}
