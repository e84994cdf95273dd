import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PageLink } from '../sites/sites';

const schema = z.array(z.object({ page: z.string(), url: z.string() }));

/** Where another process finds the pages: `pages.json` in the state folder, valid while the local cloud runs. */
function path(stateFolder: string): string {
  return join(stateFolder, 'pages.json');
}

export async function writePages(stateFolder: string, pages: readonly PageLink[]): Promise<void> {
  const target = path(stateFolder);
  await writeFile(`${target}.new`, `${JSON.stringify(pages, null, 2)}\n`);
  await rename(`${target}.new`, target);
}

/** @returns none when none are served */
export async function readPages(stateFolder: string): Promise<readonly PageLink[]> {
  try {
    return schema.parse(JSON.parse(await readFile(path(stateFolder), 'utf8')));
  } catch {
    return [];
  }
}

export async function removePages(stateFolder: string): Promise<void> {
  await rm(path(stateFolder), { force: true });
}
