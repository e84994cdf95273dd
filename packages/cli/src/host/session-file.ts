import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  /** The engine's URL. */
  endpoint: z.string(),
  region: z.string(),
  /** The control plane's API. */
  apiUrl: z.string(),
  userPoolClientId: z.string(),
  userName: z.string(),
  password: z.string(),
});

/**
 * How another process of the same person signs in as an operator: `operator.json` in the state folder, readable by
 * its owner only, valid while the local cloud runs.
 */
export type OperatorSession = z.infer<typeof schema>;

function path(stateFolder: string): string {
  return join(stateFolder, 'operator.json');
}

export async function writeSession(stateFolder: string, session: OperatorSession): Promise<void> {
  const target = path(stateFolder);
  await rm(`${target}.new`, { force: true });
  await writeFile(`${target}.new`, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
  await rename(`${target}.new`, target);
}

/** @returns undefined when there is none that can be read */
export async function readSession(stateFolder: string): Promise<OperatorSession | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path(stateFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function removeSession(stateFolder: string): Promise<void> {
  await rm(path(stateFolder), { force: true });
}
