import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactStore } from './artifacts';
import { ReleaseError } from './errors';
import type { Variables } from './variables';

interface Saved {
  readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly artifacts: Readonly<Record<string, string>>;
}

/** What a run's actions hand on, kept in `state.json` so that a stage can be run again later. */
export class RunState {
  readonly variables: Variables = new Map();
  readonly artifacts: ArtifactStore;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    runId: string,
  ) {
    this.artifacts = new ArtifactStore(join(folder, 'artifacts'));
    this.variables.set('codepipeline', { PipelineExecutionId: runId });
  }

  static fresh(folder: string, runId: string): RunState {
    return new RunState(folder, runId);
  }

  /**
   * The state that an earlier run left, for run `runId`.
   *
   * @throws ReleaseError when it left none: its artifacts were deleted, or it never got that far
   */
  static async load(folder: string, runId: string): Promise<RunState> {
    const text = await readFile(join(folder, 'state.json'), 'utf8').catch((cause) => {
      throw new ReleaseError('the run left no artifacts and variables: release the commit again', { cause });
    });
    const { variables, artifacts } = JSON.parse(text) as Saved;
    const state = new RunState(folder, runId);
    for (const [namespace, values] of Object.entries(variables))
      if (namespace !== 'codepipeline') state.variables.set(namespace, values);
    for (const [name, path] of Object.entries(artifacts)) state.artifacts.adopt(name, path);
    return state;
  }

  /** Writes the file as a whole or not at all; writes keep their order. */
  save(): Promise<void> {
    const saved: Saved = {
      variables: Object.fromEntries(this.variables),
      artifacts: Object.fromEntries(this.artifacts.all()),
    };
    const target = join(this.folder, 'state.json');
    const write = async () => {
      await writeFile(`${target}.new`, JSON.stringify(saved, null, 2));
      await rename(`${target}.new`, target);
    };
    this.writing = this.writing.then(write, write);
    return this.writing;
  }
}
