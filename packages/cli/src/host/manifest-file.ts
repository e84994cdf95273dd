import { rename, rm, writeFile } from 'node:fs/promises';
import { loadManifest, type Manifest } from '@granary/manifest';
import { MANIFEST_FILE, manifestPath, type Project, readManifestText } from './project';

export interface ManifestEdit {
  /** What the file says now. */
  readonly manifest: Manifest;
  /** Whether it said so already. */
  readonly unchanged: boolean;
}

/**
 * Changes the project's manifest: in one go, or not at all.
 *
 * @param edit from text to text; both are valid manifests
 * @throws ManifestError when it is not valid, before or after
 */
export async function editManifest(project: Project, edit: (text: string) => string): Promise<ManifestEdit> {
  const file = manifestPath(project);
  const text = await readManifestText(project);
  const edited = edit(text);
  const manifest = loadManifest(edited, MANIFEST_FILE);
  if (edited === text) return { manifest, unchanged: true };
  const draft = `${file}.${process.pid}.new`;
  try {
    await writeFile(draft, edited);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return { manifest, unchanged: false };
}
