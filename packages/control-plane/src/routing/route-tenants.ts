import type { ControlTable } from '../control-table/control-table';
import { tenantConfig } from '../tenant/tenant-config';
import { MOST_CHANGES, type RoutingStore, RoutingStoreChangedError } from './routing-store';

export interface RoutingDependencies {
  readonly table: ControlTable;
  readonly store: RoutingStore;
}

/** Times that a change that somebody else's overtook is made anew. */
const TRIES = 8;

/**
 * Makes the store say of these tenants what the control table says. What an event carries is not looked at, so an
 * event that comes twice, late or out of order does no harm; and a change is refused when the store was changed since
 * before the table was read, so what is older never replaces what is newer.
 *
 * @returns how many entries were changed
 * @throws RoutingStoreChangedError when others changed the store each time
 */
export async function routeTenants(
  tenantIds: readonly string[],
  dependencies: RoutingDependencies,
): Promise<number> {
  const ids = [...new Set(tenantIds)];
  let changed = 0;
  for (let start = 0; start < ids.length; start += MOST_CHANGES)
    changed += await routeSome(ids.slice(start, start + MOST_CHANGES), dependencies);
  return changed;
}

async function routeSome(ids: readonly string[], { table, store }: RoutingDependencies): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    // Before the table: whatever changes from here on is noticed.
    const version = await store.version();
    const changes = new Map<string, string | undefined>();
    for (const id of ids) {
      const wanted = entryOf(await tenantConfig(table, id));
      if (wanted !== (await store.read(id))) changes.set(id, wanted);
    }
    if (changes.size === 0) return 0;
    try {
      await store.change(changes, version);
      return changes.size;
    } catch (error) {
      if (!(error instanceof RoutingStoreChangedError) || attempt === TRIES) throw error;
    }
  }
}

/** An entry's text: the answer that the control plane itself would give. */
export function entryOf(config: object | undefined): string | undefined {
  return config && JSON.stringify(config);
}
