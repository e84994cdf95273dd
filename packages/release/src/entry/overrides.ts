import type { ReleaseTable } from '../release-table/release-table';
import { type Override, overrideSchema } from './override';

const PARTITION = 'OVERRIDE';
/** Overrides that are looked through: they sort by when they end. */
const NEWEST = 20;

/** Those that end last, the latest first. */
export async function latestOverrides(table: Pick<ReleaseTable, 'query'>): Promise<readonly Override[]> {
  const { items } = await table.query({ pk: PARTITION, descending: true, limit: NEWEST });
  return items.map((item) => overrideSchema.parse(item));
}

export async function storeOverride(table: Pick<ReleaseTable, 'put'>, override: Override): Promise<void> {
  await table.put(
    { ...override, pk: PARTITION, sk: `${override.expiresAt}#${override.overrideId}` },
    'absent',
  );
}
