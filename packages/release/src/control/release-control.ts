import type { AuditActor } from '@granary/api';
import type { Override } from '../entry/override';
import { latestOverrides, storeOverride } from '../entry/overrides';
import type { ReleaseTable } from '../release-table/release-table';
import type { Run } from '../run/run';
import type { Runs } from '../run/runs';
import { moveRun } from '../run/transition';
import { currentVersions, versionsOf } from '../version/versions';
import { readAudit, writeAudit } from './audit';
import type { ReleaseCommand } from './command';
import { type ResumeDependencies, resumeRun } from './resume-run';

export interface ReleaseControlDependencies extends ResumeDependencies {
  readonly table: ReleaseTable;
  readonly runs: Runs;
  readonly now: () => Date;
  readonly newId: () => string;
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
  const { table, runs } = dependencies;
  switch (command.command) {
    case 'listRuns':
      return { runs: await runs.recent(command.limit) };
    case 'getRun':
      return { run: await runs.get(command.runId), waves: await runs.waves(command.runId) };
    case 'listVersions':
      return { versions: await versionsOf(table, command.deploymentId) };
    case 'listDeployments':
      return { deployments: await currentVersions(table) };
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

async function obey(order: Order, dependencies: ReleaseControlDependencies): Promise<object> {
  switch (order.command) {
    case 'resume':
      return { run: await resumeRun(order.runId, order.mode, dependencies) };
    case 'abandon':
      return { run: await abandon(order, dependencies) };
    case 'override':
      return { override: await override(order, dependencies) };
  }
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
    ...('runId' in order ? { subject: order.runId } : {}),
    reason: order.reason,
    result,
  });
}

function nameOf(actor: AuditActor): string {
  if (actor.kind === 'platform') return actor.name;
  return actor.kind === 'anonymous' ? 'anonymous' : actor.userName;
}
