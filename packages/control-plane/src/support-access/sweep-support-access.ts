import type { TenantPeopleDeps } from '../tenant-user/tenant-people';
import { endSupportAccess } from './end-support-access';
import { DUE, dueAccess } from './support-record';

/** Accesses that one sweep ends at most: the next one takes the rest. */
const BATCH = 100;

/** What a sweep came to. */
export interface Swept {
  readonly ended: number;
  /** Ids of accesses whose users could not be deleted; the next sweep tries again. */
  readonly failed: readonly string[];
}

/** Ends every access whose time is over. What fails stays due; nothing of it is served meanwhile. */
export async function sweepSupportAccess(
  deps: TenantPeopleDeps & { readonly report: (accessId: string, error: unknown) => void },
): Promise<Swept> {
  const now = deps.now().toISOString();
  const { items } = await deps.table.query({ pk: DUE, from: '0', to: `${now}~`, limit: BATCH });
  const failed: string[] = [];
  for (const access of items.map(dueAccess))
    try {
      await endSupportAccess(access, { kind: 'platform', name: 'support-sweep' }, deps);
    } catch (error) {
      failed.push(access.accessId);
      deps.report(access.accessId, error);
    }
  return { ended: items.length - failed.length, failed };
}
