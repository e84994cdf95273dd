import { planKey, type ReleasePlan } from '../plan/release-plan';
import { ReleaseStateError, UnknownReleaseError } from '../release-error';
import type { ReleaseTable } from '../release-table/release-table';
import { beginRun } from '../run/begin-run';
import type { RollbackOrdered, Run } from '../run/run';
import type { Runs } from '../run/runs';
import type { Version } from '../version/version';
import { currentVersions, versionsOf } from '../version/versions';
import { type PlannedRollback, planRollback, rollbackMembers } from './plan-rollback';

/** A rollback on its way, as its machine takes it. */
export interface StartedRollback {
  readonly runId: string;
  readonly release: string;
  readonly waves: readonly { readonly name: string }[];
}

export interface RollbackDependencies {
  readonly table: Pick<ReleaseTable, 'list' | 'query'>;
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  readonly storeObject: (key: string, body: string) => Promise<void>;
  readonly startRollback: (input: StartedRollback, attempt: number) => Promise<void>;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Reads of the table at the same time. */
const AT_ONCE = 25;

/**
 * Plans a rollback, records it as a run and starts it. Its waves pass the gates that a release passes.
 * @throws ReleaseStateError while a run is under way, or when nothing would change; UnknownReleaseError
 */
export async function beginRollback(
  ordered: RollbackOrdered,
  dependencies: RollbackDependencies,
): Promise<{ readonly run: Run } & Omit<PlannedRollback, 'plan'>> {
  const { table, runs, readPlan, storeObject, startRollback, now, newId } = dependencies;
  const recent = await runs.recent();
  const running = recent.find(({ status }) => status === 'running');
  if (running)
    throw new ReleaseStateError(
      `run "${running.runId}" is under way; wait until it ends, or abandon it, before a rollback`,
    );
  const newest = recent.find(({ rollback }) => rollback === undefined);
  if (!newest) throw new UnknownReleaseError('no release is recorded: there is nothing to roll back');
  const [released, current] = await Promise.all([readPlan(newest.release), currentVersions(table)]);
  const members = rollbackMembers(ordered, released, current);
  const versions = await historyOf(members, table);
  const { plan, changes, kept } = planRollback({ request: ordered, plan: released, current, versions });
  const runId = `rollback-${newId().toLowerCase()}`;
  await storeObject(planKey(runId), JSON.stringify(plan));
  const run = await beginRun(runs, { runId, release: runId, plan, now: now(), rollback: ordered });
  await startRollback({ runId, release: runId, waves: plan.waves.map(({ name }) => ({ name })) }, 1);
  return { run, changes, kept };
}

async function historyOf(
  members: readonly Version[],
  table: Pick<ReleaseTable, 'query'>,
): Promise<ReadonlyMap<string, readonly Version[]>> {
  const found = new Map<string, readonly Version[]>();
  // One for all lines: each takes what the others have left.
  const queue = members.values();
  const line = async () => {
    for (const { deploymentId } of queue) found.set(deploymentId, await versionsOf(table, deploymentId));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return found;
}
