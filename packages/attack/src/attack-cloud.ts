import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudEndpoint, installEngine, LocalCloud, startEngine } from '@granary/local';
import { loadManifest, type Manifest } from '@granary/manifest';
import { AttackError } from './attack-error';

export interface AttackCloudOptions {
  /** The project whose HEAD is released and attacked. */
  readonly projectFolder: string;
  /** One line for each step of the start. */
  readonly onStep: (line: string) => void;
}

/** A local cloud of its own that runs the project's HEAD, released by its pipeline. */
export interface AttackCloud {
  readonly cloud: CloudEndpoint;
  readonly manifest: Manifest;
  /** Folders with everything that the cloud writes for people to read. */
  readonly writtenTo: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a cloud on a free port with a state folder of its own, and releases the project's HEAD.
 *
 * @throws AttackError when the release fails
 */
export async function startAttackCloud({ projectFolder, onStep }: AttackCloudOptions): Promise<AttackCloud> {
  const file = join(projectFolder, 'tenants.json');
  const manifest = loadManifest(await readFile(file, 'utf8'), file);
  const folder = await mkdtemp(join(tmpdir(), 'granary-attack-'));
  let failed: string | undefined;
  const cloud = await LocalCloud.start({
    projectFolder,
    stateFolder: folder,
    port: 0,
    fresh: true,
    approvals: 'automatic',
    addRemote: false,
    onStep,
    onEvent: (event) => {
      if (event.type !== 'run-ended') return;
      if (event.outcome.status !== 'succeeded') failed = JSON.stringify(event.outcome);
    },
    startEngine: async ({ folder: { state, logs }, port, onProgress }) => {
      // The engine's installation is the project's: it is not made anew for each attack.
      const python = await installEngine({ venvFolder: join(projectFolder, '.granary', 'venv'), onProgress });
      const engine = await startEngine({
        python,
        stateFolder: state,
        logFile: join(logs, 'engine.log'),
        port,
      });
      const ended = engine.exited.then(({ code, signal }) => ({
        reason: signal ? `signal ${signal}` : `exit code ${code}`,
        logTail: [],
      }));
      return { ...engine, stop: () => engine.stop(), kill: () => engine.kill(), ended };
    },
  });
  const close = async () => {
    await cloud.stop('the attack is over');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await cloud.push();
    onStep('releasing the project');
    await cloud.idle();
    if (failed) throw new AttackError(`the release failed: ${failed}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { cloud: cloud.engine, manifest, writtenTo: [cloud.folder.logs, cloud.folder.runs], close };
}
