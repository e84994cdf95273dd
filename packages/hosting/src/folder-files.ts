import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SiteFiles } from './site-files';

/** The build in a folder. What a path or a link leads out of the folder to is none of its files. */
export function folderFiles(folder: string): SiteFiles {
  return {
    name: `"${folder}"`,
    read: async (path) => {
      try {
        // Each time: a new build takes the folder's place.
        const root = await realpath(folder);
        const file = await realpath(join(root, path));
        return file.startsWith(root + sep) ? await readFile(file) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
