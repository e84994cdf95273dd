import type { Run, WaveRun, WaveStatus } from '../run/run';
import type { Runs } from '../run/runs';
import { isUnderWay } from './order-halt';

/** Runs whose notes are asked for at the same time: the pipeline is asked for each. */
const AT_ONCE = 5;

/** A run in the list. */
export interface ListedRun extends Run {
  /** What its commit says, or why it was rolled back. @default not known any more */
  readonly notes?: string;
  /** The wave that is under way, or that halted. @default it is over, or between two waves */
  readonly wave?: {
    readonly name: string;
    readonly status: WaveStatus;
    readonly index: number;
    readonly of: number;
  };
}

export interface ListedRuns {
  readonly runs: readonly ListedRun[];
  /** Where the next page goes on. @default this is the last */
  readonly next?: string;
}

export interface ListRunsDependencies {
  readonly runs: Runs;
  readonly notesOf: (runId: string) => Promise<string | undefined>;
}

/** A page of runs, the newest first. @throws ReleaseInputError for an `after` that no page gave */
export async function listRuns(
  { limit, after }: { readonly limit: number; readonly after?: string },
  dependencies: ListRunsDependencies,
): Promise<ListedRuns> {
  const { found, next } = await dependencies.runs.page(limit, after);
  const runs: ListedRun[] = [];
  for (let first = 0; first < found.length; first += AT_ONCE)
    runs.push(
      ...(await Promise.all(found.slice(first, first + AT_ONCE).map((run) => listed(run, dependencies)))),
    );
  return { runs, ...(next === undefined ? {} : { next }) };
}

async function listed(run: Run, { runs, notesOf }: ListRunsDependencies): Promise<ListedRun> {
  // Where a run is that is over, nobody asks.
  const moving = run.status === 'running' || run.status === 'halted';
  const [notes, waves] = await Promise.all([
    run.rollback ? run.rollback.reason : notesOf(run.runId),
    moving ? runs.waves(run.runId) : [],
  ]);
  const wave = waveOf(run, waves);
  return {
    ...run,
    ...(notes === undefined ? {} : { notes }),
    ...(wave ? { wave: { name: wave.name, status: wave.status, index: wave.index, of: waves.length } } : {}),
  };
}

function waveOf({ status, halt }: Run, waves: readonly WaveRun[]): WaveRun | undefined {
  return status === 'halted' ? waves.find(({ name }) => name === halt?.wave) : waves.find(isUnderWay);
}
