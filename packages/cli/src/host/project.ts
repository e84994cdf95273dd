import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadManifest, type Manifest } from '@granary/manifest';
import { CliError } from '../cli-error';

/** The folder that a command works on, and where its local cloud keeps state. */
export interface Project {
  /** Absolute; holds `tenants.json`. */
  readonly folder: string;
  /** Absolute. */
  readonly stateFolder: string;
}

export const MANIFEST_FILE = 'tenants.json';

export function manifestPath(project: Project): string {
  return join(project.folder, MANIFEST_FILE);
}

/** @throws CliError when the project has no manifest */
export async function readManifestText(project: Project): Promise<string> {
  const file = manifestPath(project);
  return readFile(file, 'utf8').catch((cause) => {
    throw new CliError(
      `"${file}" cannot be read: run this in the project's folder, or name it with --project`,
      {
        cause,
      },
    );
  });
}

/** The manifest as it is in the folder. @throws ManifestError with all its mistakes */
export async function readManifest(project: Project): Promise<Manifest> {
  return loadManifest(await readManifestText(project), MANIFEST_FILE);
}
