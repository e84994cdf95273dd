import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, type EngineOptions, startEngine } from './engine';
import { ENGINE_FOLDER, installEngine } from './engine-install';

/** One engine on an ephemeral port with a state folder of its own; `close` ends it and removes the folder. */
export interface EngineUnderTest {
  readonly engine: Engine;
  readonly folder: string;
  close(): Promise<void>;
}

/** The environment is shared by all test runs on this machine; its name changes with the requirements. */
export const pythonForTests = (): Promise<string> => {
  const digest = createHash('sha256')
    .update(readFileSync(join(ENGINE_FOLDER, 'requirements.txt')))
    .digest('hex');
  return installEngine({ venvFolder: join(tmpdir(), `granary-engine-${digest.slice(0, 12)}`) });
};

export async function engineForTests(options: Partial<EngineOptions> = {}): Promise<EngineUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'granary-engine-test-'));
  const engine = await startEngine({
    python: await pythonForTests(),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
    ...options,
  });
  return {
    engine,
    folder,
    close: async () => {
      await engine.stop(2_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
