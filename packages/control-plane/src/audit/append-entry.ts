import type { AuditEntry } from '@granary/api';
import { ControlPlaneError } from '../control-plane-error';
import type { AuditStore } from './audit-store';
import { chainOf, linkBehind } from './chain';

/** Somebody else wrote each time: the same entry may be sent again. */
export class AuditContentionError extends ControlPlaneError {
  readonly name = 'AuditContentionError';

  constructor(chain: string, tries: number) {
    super(`the audit chain ${chain} moved on ${tries} times while an entry was put behind it; send it again`);
  }
}

const TRIES = 8;

/**
 * Puts an entry at the end of its chain; one that is there already is left as it is.
 * @throws AuditContentionError when others kept writing to the chain
 */
export async function appendEntry(
  entry: AuditEntry,
  { store, now }: { readonly store: AuditStore; readonly now: () => Date },
): Promise<void> {
  const chain = chainOf(entry.tenantId);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const head = await store.head(chain);
    const outcome = await store.append(linkBehind(head, chain, entry, now().toISOString()));
    if (outcome !== 'taken') return;
  }
  throw new AuditContentionError(chain, TRIES);
}
