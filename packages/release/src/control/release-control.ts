import type { AuditActor } from '@granary/api';
import { retryContended } from '@granary/auth';
import type { Override } from '../entry/override';
import { latestOverrides, storeOverride } from '../entry/overrides';
import { type ReleaseTable, WriteRefusedError } from '../release-table/release-table';
import { beginRollback, type RollbackDependencies } from '../rollback/begin-rollback';
import type { Run } from '../run/run';
import type { Runs } from '../run/runs';
import { moveRun } from '../run/transition';
import { fleetState } from '../version/fleet-state';
import { currentVersions, currentVersionsOf, versionsOf } from '../version/versions';
import { type ApprovalDependencies, decide } from './approvals';
import { readAudit, writeAudit } from './audit';
import type { ReleaseCommand } from './command';
import { listRuns } from './list-runs';
import { orderHalt } from './order-halt';
import { readPlannedChanges } from './planned-changes';
import { type ResumeDependencies, resumeRun } from './resume-run';
import { deleteOrphan, inspect, listOrphans, type StackDependencies } from './stacks';
import { waveDeployments } from './wave-deployments';

export interface ReleaseControlDependencies
  extends ResumeDependencies,
    RollbackDependencies,
    ApprovalDependencies,
    StackDependencies {
  readonly table: ReleaseTable;
  readonly runs: Runs;
  readonly now: () => Date;
  readonly newId: () => string;
  /** What the commits of a run are about; undefined when the pipeline no longer knows. */
  readonly notesOf: (runId: string) => Promise<string | undefined>;
}

type Order = Extract<ReleaseCommand, { by: AuditActor }>;

/**
 * Answers a query, or does what it is told and writes who asked for it. What is refused is written too.
 * @throws UnknownReleaseError, ReleaseStateError, WriteRefusedError
 */
export async function releaseControl(
  command: ReleaseCommand,
  dependencies: ReleaseControlDependencies,
): Promise<object> {
  const { table } = dependencies;
  switch (command.command) {
    case 'listRuns':
      return listRuns(command, dependencies);
    case 'getRun':
      return getRun(command.runId, dependencies);
    case 'listVersions':
      return { versions: await versionsOf(table, command.deploymentId) };
    case 'listDeployments':
      return { deployments: (await currentVersions(table)).filter(({ result }) => result !== 'deleted') };
    case 'fleet':
      return readFleet(command, dependencies);
    case 'getPlan':
      return readPlannedChanges(command, dependencies);
    case 'inspect':
      return inspect(command.deploymentId, dependencies);
    case 'listOrphans':
      return { orphans: await listOrphans(dependencies) };
    case 'listApprovals':
      // Without their tokens: who decides does so by this function.
      return {
        approvals: (await dependencies.approvals()).map(({ token: _, ...approval }) => approval),
      };
    case 'listOverrides':
      return { overrides: await latestOverrides(table) };
    case 'listAudit':
      return { entries: await readAudit(table, command.limit) };
    default:
      return audited(command, dependencies);
  }
}

async function audited(order: Order, dependencies: ReleaseControlDependencies): Promise<object> {
  try {
    const done = await obey(order, dependencies);
    await audit(order, 'succeeded', dependencies);
    return done;
  } catch (error) {
    await audit(order, 'refused', dependencies);
    throw error;
  }
}

/** The engine writes the same records as it goes: an order that meets it is decided anew by what they say then. */
const amidProgress = <Result>(order: () => Promise<Result>) =>
  retryContended(order, { met: (error) => error instanceof WriteRefusedError });

async function obey(order: Order, dependencies: ReleaseControlDependencies): Promise<object> {
  switch (order.command) {
    case 'resume':
      return { run: await amidProgress(() => resumeRun(order.runId, order.mode, dependencies)) };
    case 'halt':
      return { run: await amidProgress(() => orderHalt({ ...order, by: nameOf(order.by) }, dependencies)) };
    case 'abandon':
      return { run: await amidProgress(() => abandon(order, dependencies)) };
    case 'override':
      return { override: await override(order, dependencies) };
    case 'rollback': {
      const { command: _, by, ...asked } = order;
      return beginRollback({ ...asked, by: nameOf(by) }, dependencies);
    }
    case 'decide':
      return decide(order, nameOf(order.by), dependencies);
    case 'deleteOrphan':
      return deleteOrphan(order.stackName, dependencies);
  }
}

async function getRun(runId: string, { table, runs, notesOf }: ReleaseControlDependencies): Promise<object> {
  const [run, waves] = await Promise.all([runs.get(runId), runs.waves(runId)]);
  const begun = waves.filter(({ status, stage }) => status !== 'skipped' && (status !== 'waiting' || stage));
  const [notes, versions] = await Promise.all([
    run.rollback ? run.rollback.reason : notesOf(runId),
    currentVersionsOf(
      table,
      begun.flatMap(({ deployments }) => deployments),
    ),
  ]);
  const current = new Map(versions.map((version) => [version.deploymentId, version]));
  return {
    run,
    waves,
    deployments: Object.fromEntries(waves.map((wave) => [wave.name, waveDeployments(run, wave, current)])),
    ...(notes === undefined ? {} : { notes }),
  };
}

async function readFleet(
  { after = '', limit }: Extract<ReleaseCommand, { command: 'fleet' }>,
  { table, runs, readPlan }: ReleaseControlDependencies,
): Promise<object> {
  const [current, recent] = await Promise.all([currentVersions(table), runs.recent()]);
  const newest = recent.find(({ rollback }) => rollback === undefined);
  const { deployments, ...fleet } = fleetState(current, recent, newest && (await readPlan(newest.release)));
  const behind = deployments.filter(({ version }) => version.deploymentId > after);
  const page = limit === undefined ? behind : behind.slice(0, limit);
  return { ...fleet, deployments: page, more: page.length < behind.length };
}

async function abandon(
  { runId, by, reason }: Extract<Order, { command: 'abandon' }>,
  { runs, now }: ReleaseControlDependencies,
): Promise<Run> {
  const ended = { by: nameOf(by), reason };
  const abandoned = moveRun(await runs.get(runId), 'abandoned', { endedAt: now().toISOString(), ended });
  await runs.putRun(abandoned);
  return abandoned;
}

async function override(
  { minutes, by, reason }: Extract<Order, { command: 'override' }>,
  { table, now, newId }: ReleaseControlDependencies,
): Promise<Override> {
  const createdAt = now();
  const granted: Override = {
    overrideId: newId(),
    reason,
    by: nameOf(by),
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + minutes * 60_000).toISOString(),
  };
  await storeOverride(table, granted);
  return granted;
}

async function audit(
  order: Order,
  result: 'succeeded' | 'refused',
  { table, now, newId }: ReleaseControlDependencies,
): Promise<void> {
  await writeAudit(table, {
    entryId: newId(),
    at: now().toISOString(),
    actor: order.by,
    action: `release.${order.command}`,
    ...subjectOf(order),
    reason: order.reason,
    result,
  });
}

function subjectOf(order: Order): { readonly subject?: string } {
  switch (order.command) {
    case 'resume':
    case 'halt':
    case 'abandon':
      return { subject: order.runId };
    case 'rollback':
      return { subject: [order.target, order.id, order.to].filter(Boolean).join(' ') };
    case 'decide':
      return { subject: `${order.stage}.${order.action} ${order.decision}` };
    case 'deleteOrphan':
      return { subject: order.stackName };
    case 'override':
      return {};
  }
}

function nameOf(actor: AuditActor): string {
  if (actor.kind === 'platform') return actor.name;
  return actor.kind === 'anonymous' ? 'anonymous' : actor.userName;
}
