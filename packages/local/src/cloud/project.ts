import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadManifest, type Manifest } from '@granary/manifest';
import { projectHead } from '../git/project-head';
import { addLocalRemote, ensureRemote } from '../git/remote';
import { CloudError } from './cloud-error';
import { cloudFilePath } from './cloud-file';
import type { LocalCloudOptions } from './cloud-options';
import type { CloudEnvironments } from './environments';
import type { StateFolder } from './state-folder';

/** @throws CloudError when the folder holds no manifest; ManifestError for one with mistakes */
export async function readManifest(projectFolder: string): Promise<Manifest> {
  const file = join(projectFolder, 'tenants.json');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new CloudError(`"${file}" cannot be read: run this in the project's folder`, { cause });
  });
  return loadManifest(text, file);
}

/** Makes the remote and names it in the project. @throws GitError for a project without a commit */
export async function prepareRemote(
  options: LocalCloudOptions,
  folder: StateFolder,
  { branch }: CloudEnvironments,
): Promise<void> {
  await ensureRemote({ folder: folder.remote, branch, cloudFile: cloudFilePath(folder.root) });
  await projectHead(options.projectFolder);
  if (options.addRemote ?? true) await addLocalRemote(options.projectFolder, folder.remote);
}
