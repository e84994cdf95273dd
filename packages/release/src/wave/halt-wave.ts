import type { DeployOrder } from '../deployer/deploy-order';
import type { HaltGate } from '../gate/halt-gate';
import type { WaveName } from '../observer/look';
import type { ReleasePlan } from '../plan/release-plan';
import { beginRun } from '../run/begin-run';
import { type GatedWave, gatedWave } from '../run/planned-waves';
import type { Halt, RolledBack, Run, WaveRun } from '../run/run';
import type { Runs } from '../run/runs';
import { moveRun, moveWave } from '../run/transition';
import type { Version } from '../version/version';
import { rollbackOrder, rollbackTarget, touchedBy } from './rollback-target';

/** Why a wave halts, as the gate or the pipeline says. */
export interface HaltCause {
  readonly gate: HaltGate;
  readonly reason: string;
  readonly deploymentId?: string;
  readonly alarm?: string;
  /** Deployments that did not take the release. @default the one that the cause names, if its gate is `deployment` */
  readonly failed?: readonly string[];
}

export interface HaltDependencies {
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  /** A deployment's versions, the newest first. */
  readonly versionsOf: (deploymentId: string) => Promise<readonly Version[]>;
  /** The run whose order began last at a deployment. */
  readonly begunRun: (deploymentId: string) => Promise<string | undefined>;
  /** Stores the orders for the machine's map. */
  readonly storeOrders: (key: string, orders: readonly DeployOrder[]) => Promise<void>;
  readonly now: () => Date;
}

/** What the wave machine rolls back: orders in the versions bucket. */
export interface HaltedWave extends WaveName {
  readonly rollback: {
    readonly key: string;
    readonly count: number;
    /** Deployments at the same time, everywhere together. */
    readonly maxConcurrency: number;
  };
}

/** Deployments that a run's record names. */
const NAMED = 500;
/** Children of a Distributed Map that run at the same time at most. */
const MOST_CHILDREN = 10_000;
/** Reads of the table at the same time. */
const AT_ONCE = 25;

/** Where a wave's rollback orders are in the versions bucket. */
export function rollbackKey({ runId, wave }: WaveName, attempt: number): string {
  return `waves/${runId}/${wave}-rollback-${attempt}.json`;
}

/**
 * Halts a run in a wave and says what each of the wave's deployments goes back to. A wave that is rolling back
 * already gives its orders again.
 */
export async function haltWave(
  name: WaveName,
  cause: HaltCause,
  dependencies: HaltDependencies,
): Promise<HaltedWave> {
  const { runs, readPlan, storeOrders, now } = dependencies;
  const plan = await readPlan(name.release);
  const run = await beginRun(runs, { ...name, plan, now: now() });
  const wave = await runs.wave(name.runId, name.wave);
  const planned = gatedWave(plan, name.wave);
  const places = new Set(planned.deployments.map(({ account, region }) => `${account}/${region}`));
  const rollback = {
    key: rollbackKey(name, wave.attempt),
    maxConcurrency: Math.min(MOST_CHILDREN, planned.parallelism * Math.max(1, places.size)),
  };
  if (wave.status === 'rolling-back' && run.halt?.wave === name.wave)
    return { ...name, rollback: { ...rollback, count: run.halt.rolledBackTotal } };
  const { orders, rolledBack } = await rollbackOf(name, planned, dependencies);
  await storeOrders(rollback.key, orders);
  await record(runs, run, wave, {
    wave: name.wave,
    at: now().toISOString(),
    ...haltFacts(cause),
    rolledBack: rolledBack.slice(0, NAMED),
    rolledBackTotal: orders.length,
  });
  return { ...name, rollback: { ...rollback, count: orders.length } };
}

function haltFacts({ gate, reason, deploymentId, alarm, failed }: HaltCause) {
  return {
    gate,
    reason,
    ...(deploymentId === undefined ? {} : { deploymentId }),
    ...(alarm === undefined ? {} : { alarm }),
    failed: [
      ...(failed ?? (gate === 'deployment' && deploymentId !== undefined ? [deploymentId] : [])),
    ].slice(0, NAMED),
  };
}

async function record(runs: Runs, run: Run, wave: WaveRun, halt: Halt): Promise<void> {
  // The run first: from then on no wave is entered, whatever happens to this process.
  if (run.status !== 'halted') await runs.putRun(moveRun(run, 'halted', { halt, endedAt: halt.at }));
  const halted =
    wave.status === 'halted' ? wave : moveWave(wave, 'halted', { lastVerdict: `halt: ${halt.reason}` });
  if (halted !== wave) await runs.putWave(halted);
  await runs.putWave(moveWave(halted, 'rolling-back'));
}

async function rollbackOf(
  { runId, release, wave }: WaveName,
  { deployments, distributed }: GatedWave,
  { versionsOf, begunRun }: HaltDependencies,
) {
  const orders: DeployOrder[] = [];
  const rolledBack: RolledBack[] = [];
  // One for all lines: each takes what the others have left.
  const queue = deployments.values();
  const line = async () => {
    for (const { deploymentId, release: from = release } of queue) {
      const versions = await versionsOf(deploymentId);
      // The machine's map stops early: an order that had begun has changed its stack, or still does, without a
      // version of it. The pipeline's stage may have changed any.
      if (distributed && !touchedBy(versions, runId) && (await begunRun(deploymentId)) !== runId) continue;
      const target = rollbackTarget(versions, runId);
      if (target) orders.push(rollbackOrder(target, runId, wave));
      rolledBack.push(
        target
          ? { deploymentId, from, to: target.release, result: 'pending' }
          : { deploymentId, from, result: 'no-earlier-version' },
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return { orders: orders.sort(byId), rolledBack: rolledBack.sort(byId) };
}

function byId(one: { readonly deploymentId: string }, other: { readonly deploymentId: string }): number {
  return one.deploymentId < other.deploymentId ? -1 : 1;
}
