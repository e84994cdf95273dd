import { chmod, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CloudError, CloudRunsError } from './cloud-error';

const schema = z.object({
  pid: z.number().int().positive(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** The engine's URL; absent until it answers. */
  endpoint: z.string().optional(),
  control: z.object({ port: z.number().int(), token: z.string() }).optional(),
});

/** `cloud.json`: who runs on a state folder, and where it listens. Readable by its owner only. */
export type CloudFile = z.infer<typeof schema>;

export function cloudFilePath(stateFolder: string): string {
  return join(stateFolder, 'cloud.json');
}

/** @returns undefined when there is none, or none that can be read */
export async function readCloudFile(stateFolder: string): Promise<CloudFile | undefined> {
  const text = await readFile(cloudFilePath(stateFolder), 'utf8').catch(() => '');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The state folder's lock: `cloud.json`, made exclusively.
 */
export class CloudLock {
  private constructor(
    private readonly stateFolder: string,
    private file: CloudFile,
    /** True when a process died without giving the folder back. */
    readonly wasStale: boolean,
  ) {}

  /**
   * @throws CloudRunsError when a living process holds the folder
   */
  static async take(stateFolder: string, pid: number = process.pid): Promise<CloudLock> {
    await mkdir(stateFolder, { recursive: true });
    const file: CloudFile = { pid, startedAt: new Date().toISOString() };
    if (await createExclusively(cloudFilePath(stateFolder), file))
      return new CloudLock(stateFolder, file, false);
    const holder = await readCloudFile(stateFolder);
    if (holder && (await isAlive(holder))) throw new CloudRunsError(holder.pid, stateFolder);
    await rm(cloudFilePath(stateFolder), { force: true });
    if (await createExclusively(cloudFilePath(stateFolder), file))
      return new CloudLock(stateFolder, file, true);
    throw new CloudError(`another local cloud is starting on "${stateFolder}" at this moment`);
  }

  /** Says where the cloud listens. */
  async publish(where: Pick<CloudFile, 'endpoint' | 'control'>): Promise<void> {
    this.file = { ...this.file, ...where };
    const target = cloudFilePath(this.stateFolder);
    await writeFile(`${target}.new`, `${JSON.stringify(this.file, null, 2)}\n`, { mode: 0o600 });
    await chmod(`${target}.new`, 0o600);
    await rename(`${target}.new`, target);
  }

  async release(): Promise<void> {
    const holder = await readCloudFile(this.stateFolder);
    if (holder?.pid === this.file.pid) await rm(cloudFilePath(this.stateFolder), { force: true });
  }
}

async function createExclusively(path: string, file: CloudFile): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const handle = await open(path, 'wx', 0o600);
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A process id can be given anew: one that listens has to answer with its token. */
async function isAlive(holder: CloudFile): Promise<boolean> {
  if (!processExists(holder.pid)) return false;
  if (!holder.control) return true;
  try {
    const response = await fetch(`http://127.0.0.1:${holder.control.port}/status`, {
      headers: { authorization: `Bearer ${holder.control.token}` },
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch (error) {
    // Nobody listens there any more; a slow answer is an answer.
    return (error as Error).name === 'TimeoutError';
  }
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
