import { type PlanChange, planChanges } from '../plan/plan-changes';
import type { ReleasePlan } from '../plan/release-plan';
import type { Runs } from '../run/runs';

/** Changes that an answer names. */
const NAMED = 1000;

/** A wave of a plan, without its deployments. */
interface PlannedWaveFacts {
  readonly name: string;
  readonly deployments: number;
  readonly bakeMinutes: number;
  readonly minimumSamples: number;
  readonly approval: boolean;
}

export interface PlannedChanges {
  readonly release: string;
  /** What it is compared with. @default it is the first */
  readonly before?: string;
  readonly engine: ReleasePlan['engine'];
  readonly waves: readonly PlannedWaveFacts[];
  /** As they were. @default it is the first */
  readonly wavesBefore?: readonly PlannedWaveFacts[];
  /** The first of them. */
  readonly changes: readonly PlanChange[];
  readonly changesTotal: number;
}

/**
 * What a run does to which deployment, against another run, or the last release before it that went well.
 * @throws UnknownReleaseError
 */
export async function readPlannedChanges(
  { runId, from }: { readonly runId: string; readonly from?: string },
  { runs, readPlan }: { readonly runs: Runs; readonly readPlan: (release: string) => Promise<ReleasePlan> },
): Promise<PlannedChanges> {
  const [run, recent] = await Promise.all([runs.get(runId), runs.recent()]);
  const earlier =
    from === undefined
      ? recent.find(
          ({ rollback, status, startedAt }) =>
            rollback === undefined && status === 'succeeded' && startedAt < run.startedAt,
        )
      : await runs.get(from);
  const before = earlier?.release;
  const [plan, former] = await Promise.all([
    readPlan(run.release),
    before === undefined ? undefined : readPlan(before),
  ]);
  const changes = planChanges(former, plan);
  return {
    release: run.release,
    ...(before === undefined ? {} : { before }),
    engine: plan.engine,
    waves: wavesOf(plan),
    ...(former ? { wavesBefore: wavesOf(former) } : {}),
    changes: changes.slice(0, NAMED),
    changesTotal: changes.length,
  };
}

function wavesOf({ waves }: ReleasePlan): readonly PlannedWaveFacts[] {
  return waves.map(({ name, deployments, bakeMinutes, minimumSamples, approval }) => ({
    ...{ name, bakeMinutes, minimumSamples, approval },
    deployments: deployments.length,
  }));
}
