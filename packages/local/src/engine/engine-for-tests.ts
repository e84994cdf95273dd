import { mkdtempSync } from 'node:fs';
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

/** The clone's own environment, the one that `npm start` makes: it outlives the tests' temporary folder. */
export const pythonForTests = (): Promise<string> =>
  installEngine({ venvFolder: join(ENGINE_FOLDER, '..', '..', '..', '.granary', 'venv') });

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
