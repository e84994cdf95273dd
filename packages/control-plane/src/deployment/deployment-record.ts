import { type Deployment, deploymentSchema } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, ItemKey } from '../control-table/control-table';
import type { Listing } from '../control-table/page';
import { recordCodec } from '../control-table/record-codec';

/** A deployment as it is stored. */
export const deploymentRecordSchema = deploymentSchema.strip().extend({
  /** Tenants placed on it. Counted by the transactions that place them. */
  tenants: z.number().int().min(0),
  /** Grows by one with each registration; placing a tenant leaves it. */
  revision: z.number().int().min(1),
});
export type DeploymentRecord = z.output<typeof deploymentRecordSchema>;

/** A release that a deployment ran from a time on. */
export const releaseRecordSchema = deploymentSchema
  .strip()
  .pick({ deploymentId: true, release: true, wave: true, deployedAt: true });

const LIST = 'DEPLOYMENT';

export function deploymentKey(deploymentId: string): ItemKey {
  return { pk: `DEPLOYMENT#${deploymentId}`, sk: 'DEPLOYMENT' };
}

export const deploymentCodec = recordCodec(deploymentRecordSchema, ({ deploymentId, kind }) => ({
  ...deploymentKey(deploymentId),
  listPk: LIST,
  listSk: `${kind}#${deploymentId}`,
}));

export const releaseCodec = recordCodec(releaseRecordSchema, ({ deploymentId, release, deployedAt }) => ({
  pk: deploymentKey(deploymentId).pk,
  sk: `RELEASE#${deployedAt}#${release}`,
}));

/** All deployments: pools first, then silos, each by id. */
export const DEPLOYMENT_LISTING: Listing<Deployment> = {
  list: LIST,
  places: /^(pool|silo)#[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
  locate: (place) => ({ ...deploymentKey(place.slice('pool#'.length)), listPk: LIST, listSk: place }),
  decode: (item) => deploymentView(deploymentCodec.decode(item)),
};

export async function readDeployment(
  table: ControlTable,
  deploymentId: string,
): Promise<DeploymentRecord | undefined> {
  const item = await table.get(deploymentKey(deploymentId));
  return item && deploymentCodec.decode(item);
}

/** Every pool. May lag behind the last registrations and placements. */
export async function listPools(table: ControlTable): Promise<readonly DeploymentRecord[]> {
  const pools: DeploymentRecord[] = [];
  for (let after: Parameters<ControlTable['list']>[0]['after']; ; ) {
    const page = await table.list({
      list: LIST,
      prefix: 'pool#',
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    pools.push(...page.items.map((item) => deploymentCodec.decode(item)));
    if (!page.more) return pools;
    after = page.items.at(-1);
  }
}

/** What operators see of a deployment. */
export function deploymentView(record: DeploymentRecord): Deployment {
  return deploymentSchema.strip().parse(record);
}
