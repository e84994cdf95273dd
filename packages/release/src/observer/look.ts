import { bakeTime, waitSeconds } from '../gate/bake-time';
import { judge, type Verdict } from '../gate/gate';
import type { DeploymentObservation } from '../gate/observation';
import { canarySample, flowsPerLook } from '../gate/sample';
import type { Watch } from '../gate/watch';
import { lookAgain, samplesOf } from '../gate/watch-wave';
import type { ReleasePlan } from '../plan/release-plan';
import { ReleaseStateError } from '../release-error';
import { type GatedWave, gatedWave } from '../run/planned-waves';
import type { WaveRun } from '../run/run';
import type { Runs } from '../run/runs';
import { moveWave } from '../run/transition';
import type { Version } from '../version/version';
import type { Cells, WatchedDeployment } from './deployment-watch';
import { observeWave } from './observe-wave';

/** A wave of a run, as the state machines name it. */
export interface WaveName {
  readonly runId: string;
  readonly release: string;
  readonly wave: string;
}

export interface LookDependencies {
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  /** What the deployments run, of those that have a version. */
  readonly versions: (deploymentIds: readonly string[]) => Promise<readonly Version[]>;
  /** Why a deployment did not take the release that was brought to it last. */
  readonly reasonOf: (deploymentId: string) => Promise<string | undefined>;
  readonly cells: Cells;
  /** Seconds of a minute of baking. */
  readonly secondsPerMinute: () => Promise<number>;
  readonly now: () => Date;
}

export interface Look {
  readonly verdict: Verdict;
  /** Seconds until the next look. */
  readonly waitSeconds: number;
}

/** Requests of a canary's flow. */
const REQUESTS_PER_FLOW = 4;
const MOST_FLOWS = 25;
/** Deployments without a canary that a large wave's record keeps, when they are red. */
const MOST_KEPT = 200;

/** Looks at a wave once, adds what was seen to its record and judges it. The first look starts its bake. */
export async function look(name: WaveName, dependencies: LookDependencies): Promise<Look> {
  const { runs, readPlan, versions, cells, now } = dependencies;
  const [run, found, plan] = await Promise.all([
    runs.get(name.runId),
    runs.wave(name.runId, name.wave),
    readPlan(name.release),
  ]);
  const planned = gatedWave(plan, name.wave);
  const rollback = plan.purpose === 'rollback';
  const wave = await baking(found, planned, dependencies);
  const current = await versions(planned.deployments.map(({ deploymentId }) => deploymentId));
  const deployments = watched(current);
  const sample = canarySample(
    deployments.filter(({ canaryFunctionArn }) => canaryFunctionArn !== undefined),
    name.runId,
  );
  const time = timeOf(wave);
  const looks = Math.max(
    1,
    Math.round((time.bakeEndsAt.getTime() - now().getTime()) / 1000 / time.tickSeconds),
  );
  const sampled = new Set(sample.map(({ deploymentId }) => deploymentId));
  const observations = await observeWave(cells, {
    deployments,
    sample,
    flows: flowsPerLook({
      missing: Math.max(0, planned.minimumSamples - wave.samples),
      looks,
      deployments: sample.length,
      requestsPerFlow: REQUESTS_PER_FLOW,
      most: MOST_FLOWS,
    }),
    since: time.startedAt,
  });
  const watch = kept(
    lookAgain(
      wave.watch,
      observations.filter((seen) => tells(seen, wave.watch, sampled)),
    ),
    sampled,
  );
  const verdict = judge({
    ...(run.haltOrdered ? { haltOrdered: run.haltOrdered } : {}),
    settings: { ...planned, ...time, ...(rollback ? { redUntil: time.bakeEndsAt } : {}) },
    watch,
    failed: planned.distributed ? await failedOf(planned, current, rollback, wave, dependencies) : [],
    now: now(),
  });
  const seen = {
    watch,
    samples: samplesOf(watch),
    looks: wave.looks + 1,
    lastVerdict: `${verdict.kind}: ${verdict.reason}`,
  };
  await runs.putWave(
    verdict.kind === 'pass'
      ? moveWave(wave, 'passed', { ...seen, endedAt: now().toISOString() })
      : { ...wave, ...seen, revision: wave.revision + 1 },
  );
  if (verdict.kind === 'pass') await succeed(runs, name, now());
  return { verdict, waitSeconds: waitSeconds(time, now()) };
}

async function baking(wave: WaveRun, planned: GatedWave, dependencies: LookDependencies): Promise<WaveRun> {
  const { runs, now, secondsPerMinute } = dependencies;
  if (wave.status === 'baking' && wave.startedAt !== undefined) return wave;
  const startedAt = now();
  const time = bakeTime({
    startedAt,
    bakeMinutes: planned.bakeMinutes,
    secondsPerMinute: await secondsPerMinute(),
  });
  const started = moveWave(wave, 'baking', {
    startedAt: startedAt.toISOString(),
    bakeEndsAt: time.bakeEndsAt.toISOString(),
    extendedUntil: time.extendedUntil.toISOString(),
    tickSeconds: time.tickSeconds,
  });
  await runs.putWave(started);
  return started;
}

function timeOf({ name, startedAt, bakeEndsAt, extendedUntil, tickSeconds }: WaveRun) {
  if (!startedAt || !bakeEndsAt || !extendedUntil || !tickSeconds)
    throw new ReleaseStateError(`wave "${name}" bakes, and its record does not say since when`);
  return {
    startedAt: new Date(startedAt),
    bakeEndsAt: new Date(bakeEndsAt),
    extendedUntil: new Date(extendedUntil),
    tickSeconds,
  };
}

/** Those that can be watched: a version from before the watch role is passed by. */
export function watched(versions: readonly Version[]): readonly WatchedDeployment[] {
  return versions.flatMap(({ deploymentId, account, region, stackName, outputs }) => {
    const { watchRoleArn, alarmNames, canaryFunctionArn } = outputs;
    if (watchRoleArn === undefined) return [];
    return [
      {
        deploymentId,
        account,
        region,
        stackName,
        watchRoleArn,
        alarmNames,
        ...(canaryFunctionArn === undefined ? {} : { canaryFunctionArn }),
      },
    ];
  });
}

/** Whether an observation changes what is kept: of a large wave, nearly none does. */
function tells(
  { deploymentId, alarms = [], unwatched }: DeploymentObservation,
  watch: Watch,
  sample: ReadonlySet<string>,
): boolean {
  return (
    alarms.length > 0 ||
    unwatched !== undefined ||
    sample.has(deploymentId) ||
    Object.hasOwn(watch, deploymentId)
  );
}

/** Of deployments outside the sample only what is red, so that a large wave's record stays small. */
function kept(watch: Watch, sample: ReadonlySet<string>): Watch {
  let others = 0;
  return Object.fromEntries(
    Object.entries(watch).filter(([deploymentId, { red, silent, missed }]) => {
      if (sample.has(deploymentId)) return true;
      if (red.length === 0 && silent.length === 0 && missed === 0) return false;
      others += 1;
      return others <= MOST_KEPT;
    }),
  );
}

/** Deployments of the wave that do not run the release. */
async function failedOf(
  planned: GatedWave,
  current: readonly Version[],
  rollback: boolean,
  { runId, release, only }: WaveRun,
  { reasonOf }: Pick<LookDependencies, 'reasonOf'>,
) {
  const running = new Map(current.map((version) => [version.deploymentId, version]));
  const failed = planned.deployments.filter(({ deploymentId, release: own = release }) => {
    if (only && !only.includes(deploymentId)) return false;
    const version = running.get(deploymentId);
    if (version?.runId !== runId || version.release !== own) return true;
    return version.result !== (rollback ? 'rolled-back' : 'succeeded');
  });
  const [first] = failed;
  const reason = first && (await reasonOf(first.deploymentId));
  return failed.map(({ deploymentId }, index) => ({
    deploymentId,
    reason: (index === 0 ? reason : undefined) ?? 'it did not take the release',
  }));
}

async function succeed(runs: Runs, { runId }: WaveName, now: Date): Promise<void> {
  const waves = await runs.waves(runId);
  if (!waves.every(({ status }) => status === 'passed' || status === 'skipped')) return;
  const run = await runs.get(runId);
  if (run.status !== 'running') return;
  await runs.putRun({ ...run, status: 'succeeded', endedAt: now.toISOString(), revision: run.revision + 1 });
}
