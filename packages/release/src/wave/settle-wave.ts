import type { WaveName } from '../observer/look';
import type { Halt, RolledBack } from '../run/run';
import type { Runs } from '../run/runs';
import { moveWave } from '../run/transition';
import type { Version } from '../version/version';

export interface SettleDependencies {
  readonly runs: Runs;
  /** A deployment's versions, the newest first. */
  readonly versionsOf: (deploymentId: string) => Promise<readonly Version[]>;
  readonly now: () => Date;
}

/** What the wave machine fails with. */
export interface SettledWave {
  /** `ReleaseHalted`, or `RollbackFailed` when a deployment could not be brought back. */
  readonly error: 'ReleaseHalted' | 'RollbackFailed';
  /** Which gate, which alarm or tenant, and what was rolled back. */
  readonly cause: string;
}

/** Records what became of a wave's rollback. Again is the same as once. */
export async function settleWave(name: WaveName, dependencies: SettleDependencies): Promise<SettledWave> {
  const { runs, versionsOf, now } = dependencies;
  const run = await runs.get(name.runId);
  const { halt } = run;
  if (!halt) return { error: 'ReleaseHalted', cause: `wave "${name.wave}" stopped without a recorded halt` };
  const rolledBack = await Promise.all(
    halt.rolledBack.map(async (each) =>
      each.result === 'pending' ? outcomeOf(each, await versionsOf(each.deploymentId), name, halt) : each,
    ),
  );
  const settled: Halt = { ...halt, rolledBack };
  await runs.putRun({ ...run, halt: settled, revision: run.revision + 1 });
  const wave = await runs.wave(name.runId, name.wave);
  if (wave.status === 'rolling-back')
    await runs.putWave(moveWave(wave, 'rolled-back', { endedAt: now().toISOString() }));
  return {
    error: rolledBack.some(({ result }) => result === 'failed') ? 'RollbackFailed' : 'ReleaseHalted',
    cause: describeHalt(settled),
  };
}

function outcomeOf(
  each: RolledBack,
  versions: readonly Version[],
  { runId }: WaveName,
  { at }: Halt,
): RolledBack {
  const last = versions.find((version) => version.runId === runId && version.deployedAt >= at);
  if (last?.result === 'rolled-back') return { ...each, result: 'succeeded' };
  return { ...each, result: 'failed', reason: last?.reason ?? 'its rollback left no word' };
}

/** A halt in one line: the gate, the reason, and who runs what again. */
export function describeHalt({ wave, gate, reason, rolledBack, rolledBackTotal }: Halt): string {
  const groups: Readonly<Record<RolledBack['result'], string>> = {
    succeeded: 'rolled back',
    pending: 'being rolled back',
    failed: 'NOT rolled back',
    'no-earlier-version': 'left as it is, having had no release before',
  };
  const parts = (Object.keys(groups) as RolledBack['result'][]).flatMap((result) => {
    const members = rolledBack.filter((each) => each.result === result);
    if (members.length === 0) return [];
    const named = members
      .slice(0, 10)
      .map(
        ({ deploymentId, to, reason: why }) =>
          `${deploymentId}${to ? ` to ${to.slice(0, 8)}` : ''}${why ? ` (${why})` : ''}`,
      );
    const more = members.length > named.length ? ` and ${members.length - named.length} more` : '';
    return [`${groups[result]}: ${named.join(', ')}${more}`];
  });
  const unnamed = rolledBackTotal > rolledBack.length ? [`${rolledBackTotal} in all`] : [];
  return [`wave "${wave}" halted at gate "${gate}": ${reason}`, ...parts, ...unnamed].join('; ');
}
