import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { HostingError } from './errors';

export interface PagesBuildOptions {
  /** The workspace's root: absolute. */
  readonly workspace: string;
  /** Makes the build. @default Vite, with the configuration of the pages' package */
  readonly build?: (pages: string, folder: string) => Promise<void>;
}

/** What of the workspace is in the pages: its change makes a new build. */
const SOURCES = ['packages/console', 'packages/api/src', 'packages/client/src', 'pnpm-lock.yaml'];
/** Made by tools, or no part of a build. */
const NO_SOURCE = /(^|\/)(node_modules|dist|\.projen|\.cache)(\/|$)|\.test\.tsx?$|\.md$/;
/** Of the pages' package; ignored by git. */
const BUILD = 'dist';
const STAMP = '.sources';

/**
 * Builds the pages, unless the build that is there was made of the same sources.
 *
 * @returns the build's folder
 * @throws HostingError with the end of what the build said
 */
export async function buildPages({ workspace, build = viteBuild }: PagesBuildOptions): Promise<string> {
  const pages = join(workspace, 'packages', 'console');
  const folder = join(pages, BUILD);
  const sources = await digestOf(workspace);
  if ((await stampOf(folder)) === sources) return folder;
  // Made beside and put in place whole: a build that was broken off is none.
  const cache = join(pages, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'pages-'));
  try {
    await build(pages, fresh);
    await writeFile(join(fresh, STAMP), sources);
    // Another process that built the same meanwhile is served from already.
    if ((await stampOf(folder)) !== sources) await putInPlace(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function putInPlace(fresh: string, folder: string): Promise<void> {
  for (;;) {
    await rm(folder, { recursive: true, force: true });
    try {
      return await rename(fresh, folder);
    } catch (error) {
      // Another process has put its own there in between.
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

async function stampOf(folder: string): Promise<string | undefined> {
  return readFile(join(folder, STAMP), 'utf8').catch(() => undefined);
}

async function digestOf(workspace: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of await filesBelow(join(workspace, source))) {
      const name = relative(workspace, file).split(sep).join('/');
      if (NO_SOURCE.test(name)) continue;
      const content = createHash('sha256').update(await readFile(file));
      hash.update(`${name} ${content.digest('hex')}\n`);
    }
  return hash.digest('hex');
}

/** In order; folders of installed packages are not entered. */
async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) throw new HostingError(`"${path}" is not there: the pages are built from it`);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NO_SOURCE.test(entry.name)) continue;
    const below = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(below)));
    else if (entry.isFile()) files.push(below);
  }
  return files;
}

/** Vite's own command, of the version that the pages' package pins. */
function viteBuild(pages: string, folder: string): Promise<void> {
  const vite = join(
    dirname(createRequire(join(pages, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  );
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  return new Promise((resolve, reject) => {
    // Under a test's NODE_ENV the build would hold React's development half, and be kept as if it were not.
    const env = { ...process.env, NODE_ENV: 'production' };
    execFile(
      process.execPath,
      args,
      { cwd: pages, env, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        const said = `${stdout}${stderr}`.trim().split('\n').slice(-25).join('\n');
        reject(new HostingError(`the pages do not build:\n${said}`, { cause: error }));
      },
    );
  });
}
