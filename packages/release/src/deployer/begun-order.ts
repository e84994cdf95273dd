import * as z from 'zod';
import type { ItemKey, ReleaseTable } from '../release-table/release-table';
import { versionPartition } from '../version/version';
import type { DeployOrder } from './deploy-order';

/** The order of a release that began last at a deployment. */
const begunSchema = z.object({ runId: z.string() });

function begunKey(deploymentId: string): ItemKey {
  return { pk: versionPartition(deploymentId), sk: 'ORDER' };
}

/**
 * Notes that an order begins, before it asks for a change: a map that stops early stops its children where they are,
 * and what they had asked CloudFormation for happens without a record. Twice is the same as once.
 */
export async function noteBegun(
  table: Pick<ReleaseTable, 'put'>,
  { deploymentId, runId, release, purpose }: DeployOrder,
  at: Date,
): Promise<void> {
  await table.put({ ...begunKey(deploymentId), runId, release, purpose, begunAt: at.toISOString() }, 'any');
}

/** The run whose order began last at a deployment; undefined before the first. */
export async function begunRun(
  table: Pick<ReleaseTable, 'get'>,
  deploymentId: string,
): Promise<string | undefined> {
  const item = await table.get(begunKey(deploymentId));
  return item && begunSchema.parse(item).runId;
}
