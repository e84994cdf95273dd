import { constants } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { ArtifactSelection } from './buildspec';
import { ActionFailedError, UnsupportedPipelineError } from './errors';

/** The artifacts of a run: folders by name. */
export class ArtifactStore {
  private readonly folders = new Map<string, string>();

  /** @param root folder of the run's artifacts; made when the first one is kept */
  constructor(private readonly root: string) {}

  /** Registers a folder that lives elsewhere as an artifact, without a copy. */
  adopt(name: string, folder: string): void {
    this.folders.set(name, folder);
  }

  /** Folders by name. */
  all(): ReadonlyMap<string, string> {
    return this.folders;
  }

  /** @throws UnsupportedPipelineError when no earlier action made it */
  folder(name: string): string {
    const found = this.folders.get(name);
    if (found) return found;
    const known = [...this.folders.keys()].join(', ') || 'none';
    throw new UnsupportedPipelineError(
      `artifact "${name}": no earlier action made it (made so far: ${known})`,
    );
  }

  /**
   * Keeps what a build selected as artifact `name`.
   *
   * @throws ActionFailedError when the selection matches no file, as CodeBuild does
   */
  async keep(name: string, buildFolder: string, selection: ArtifactSelection): Promise<void> {
    const base = resolve(buildFolder, selection.baseDirectory);
    const target = join(this.root, name);
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    if (!(await isFolder(base)))
      throw new ActionFailedError(
        `artifact "${name}": base directory "${selection.baseDirectory}" does not exist after the build`,
      );
    if (selection.files.includes('**/*')) await copyFolder(base, target);
    else await copyMatching(base, target, selection.files);
    if ((await readdir(target)).length === 0)
      throw new ActionFailedError(
        `artifact "${name}": no file in "${selection.baseDirectory}" matches ${selection.files.join(', ')}`,
      );
    this.folders.set(name, target);
  }

  /** A copy of an artifact that a build may write into. */
  async copyOf(name: string, target: string): Promise<void> {
    await rm(target, { recursive: true, force: true });
    await copyFolder(this.folder(name), target);
  }

  /** The file that `Artifact::path` names. @throws UnsupportedPipelineError when it leaves the artifact */
  file(reference: string): string {
    const [name = '', path = ''] = reference.split('::');
    const folder = this.folder(name);
    const file = resolve(folder, path);
    if (!path || !file.startsWith(folder + sep))
      throw new UnsupportedPipelineError(`"${reference}" names no file inside artifact "${name}"`);
    return file;
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  // A clone where the file system has one: an assembly holds every function's code.
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}

async function copyMatching(base: string, target: string, patterns: readonly string[]): Promise<void> {
  const matchers = patterns.map(globPattern);
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(base.length + 1);
    if (!matchers.some((matcher) => matcher.test(path))) continue;
    await cp(join(base, path), join(target, path));
  }
}

/** A buildspec's file pattern (`*`, `**`, `?`) as a regular expression over relative paths. */
export function globPattern(glob: string): RegExp {
  const source = glob.replace(/^\.\//, '').replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
