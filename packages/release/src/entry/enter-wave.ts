import type { WaveName } from '../observer/look';
import type { ReleasePlan } from '../plan/release-plan';
import { beginRun } from '../run/begin-run';
import { gatedWave, holdsNothing } from '../run/planned-waves';
import type { Halt, Run } from '../run/run';
import type { Runs } from '../run/runs';
import { moveRun } from '../run/transition';
import { calendarOf } from './calendar';
import { type Entry, enter } from './entry';
import type { Override } from './override';

/** Red alarms of a wave's deployments, or why they cannot be read. */
export interface RedAlarms {
  readonly red: readonly { readonly deploymentId: string; readonly alarm: string }[];
  readonly unwatched?: string;
}

export interface EnterWaveDependencies {
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  readonly overrides: () => Promise<readonly Override[]>;
  readonly redAlarms: (name: WaveName) => Promise<RedAlarms>;
  readonly now: () => Date;
}

/** Lets a run into a wave, or not, and records it. @param stage of the pipeline */
export async function enterWave(
  name: WaveName,
  stage: string,
  { runs, readPlan, overrides, redAlarms, now }: EnterWaveDependencies,
): Promise<Entry> {
  const plan = await readPlan(name.release);
  const run = await beginRun(runs, { ...name, plan, now: now() });
  if (holdsNothing(plan, name.wave)) return { kind: 'admitted' };
  if (run.status === 'running' && run.haltOrdered)
    return haltAtEntry(run, run.haltOrdered, name, stage, { runs, now });
  const { alarms } = gatedWave(plan, name.wave);
  const [recent, granted, seen] = await Promise.all([
    runs.recent(),
    overrides(),
    alarms.blockEntry ? redAlarms(name) : { red: [] },
  ]);
  const entry = enter({
    now: now(),
    wave: name.wave,
    run,
    halted: recent.filter(({ status }) => status === 'halted'),
    ...calendarOf(plan),
    redAlarms: seen.red,
    ...('unwatched' in seen && seen.unwatched !== undefined ? { unwatched: seen.unwatched } : {}),
    overrides: granted,
  });
  const wave = await runs.wave(name.runId, name.wave);
  if (wave.status === 'waiting')
    await runs.putWave({
      ...wave,
      ...(entry.kind === 'admitted' ? { stage } : {}),
      lastVerdict: describeEntry(entry),
      revision: wave.revision + 1,
    });
  return entry;
}

/** A halt that was ordered when the wave before had passed already: the next one is kept out, and nothing goes back. */
async function haltAtEntry(
  run: Run,
  { by, reason: why }: NonNullable<Run['haltOrdered']>,
  { runId, wave: name }: WaveName,
  stage: string,
  { runs, now }: Pick<EnterWaveDependencies, 'runs' | 'now'>,
): Promise<Entry> {
  const at = now().toISOString();
  const reason = `${by} halted it: ${why}`;
  const halt: Halt = {
    wave: name,
    gate: 'operator',
    reason,
    at,
    failed: [],
    rolledBack: [],
    rolledBackTotal: 0,
  };
  await runs.putRun(moveRun(run, 'halted', { halt, endedAt: at }));
  const entry: Entry = {
    kind: 'refused',
    gate: 'ended',
    reason: `the run is halted: ${reason}; resume or abandon it`,
  };
  const wave = await runs.wave(runId, name);
  if (wave.status === 'waiting')
    // With its stage: a resume lets the pipeline try it again.
    await runs.putWave({ ...wave, stage, lastVerdict: describeEntry(entry), revision: wave.revision + 1 });
  return entry;
}

/** An entry in one line. */
export function describeEntry(entry: Entry): string {
  if (entry.kind === 'refused') return `refused by gate "${entry.gate}": ${entry.reason}`;
  if (!entry.overridden) return 'admitted';
  const { override, reason } = entry.overridden;
  return `admitted by the override of ${override.by} (${override.reason}), in spite of: ${reason}`;
}
