import { ReleaseStateError } from '../release-error';
import type { Run, RunStatus, WaveRun, WaveStatus } from './run';

/** What may follow what. A status that is not here is the last one. */
const RUN_MOVES: Readonly<Partial<Record<RunStatus, readonly RunStatus[]>>> = {
  running: ['halted', 'succeeded', 'abandoned', 'superseded'],
  halted: ['running', 'abandoned', 'superseded'],
};

const WAVE_MOVES: Readonly<Partial<Record<WaveStatus, readonly WaveStatus[]>>> = {
  waiting: ['deploying', 'baking', 'halted', 'skipped'],
  deploying: ['baking', 'halted'],
  baking: ['passed', 'halted'],
  // A stage may fail after its gate has passed, when somebody retries it.
  passed: ['halted', 'waiting'],
  halted: ['rolling-back', 'rolled-back', 'waiting'],
  'rolling-back': ['rolled-back'],
  'rolled-back': ['waiting'],
};

export function canMoveRun(from: RunStatus, to: RunStatus): boolean {
  return RUN_MOVES[from]?.includes(to) ?? false;
}

export function canMoveWave(from: WaveStatus, to: WaveStatus): boolean {
  return WAVE_MOVES[from]?.includes(to) ?? false;
}

/**
 * The run in its next status, ready to be written.
 * @throws ReleaseStateError for a step that a run does not take
 */
export function moveRun(run: Run, status: RunStatus, changes: Partial<Run> = {}): Run {
  if (!canMoveRun(run.status, status))
    throw new ReleaseStateError(
      `run "${run.runId}" is ${run.status} and cannot become ${status}; from there it goes to ${listed(RUN_MOVES[run.status])}`,
    );
  return { ...run, ...changes, status, revision: run.revision + 1 };
}

/**
 * The wave in its next status, ready to be written.
 * @throws ReleaseStateError for a step that a wave does not take
 */
export function moveWave(wave: WaveRun, status: WaveStatus, changes: Partial<WaveRun> = {}): WaveRun {
  if (!canMoveWave(wave.status, status))
    throw new ReleaseStateError(
      `wave "${wave.name}" of run "${wave.runId}" is ${wave.status} and cannot become ${status}; from there it goes to ${listed(WAVE_MOVES[wave.status])}`,
    );
  return { ...wave, ...changes, status, revision: wave.revision + 1 };
}

/** The wave as it begins again: nothing of the attempt before counts. */
export function beginAgain(wave: WaveRun): WaveRun {
  const next = moveWave(wave, 'waiting', { attempt: wave.attempt + 1, looks: 0, samples: 0, watch: {} });
  const { only, stage, startedAt, bakeEndsAt, extendedUntil, tickSeconds, endedAt, lastVerdict, ...kept } =
    next;
  return kept;
}

function listed(statuses: readonly string[] = []): string {
  return statuses.length === 0 ? 'none' : statuses.join(', ');
}
