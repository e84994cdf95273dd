import type { Telemetry } from '@granary/auth';
import { appendEntry } from '../audit/append-entry';
import type { AuditStore } from '../audit/audit-store';
import type { KeepDeadLetter } from './dead-letters';
import type { PublishEvent } from './event-publisher';
import { parseOutboxItem } from './outbox-item';

export interface CarryDependencies {
  readonly publish: PublishEvent;
  readonly store: AuditStore;
  readonly keep: KeepDeadLetter;
  readonly now: () => Date;
  readonly logger: Telemetry['logger'];
}

/** How long what fails is tried again before those behind it go on, in milliseconds. */
const PATIENCE = 15 * 60 * 1000;

/**
 * Carries one item of the outbox to the bus or the audit log. What can never be carried goes to the dead letters at
 * once, what could not be carried for a quarter of an hour as well.
 * @param since when the item was written
 * @throws whatever failed, while it may be tried again
 */
export async function carry(
  item: Readonly<Record<string, unknown>>,
  since: Date,
  dependencies: CarryDependencies,
): Promise<void> {
  const { publish, keep, now, logger } = dependencies;
  const parsed = parseOutboxItem(item);
  const bury = async (reason: string) => {
    logger.error('outbox item not carried', { item: item.pk, reason });
    await keep({ body: JSON.stringify(item), reason });
  };
  if (parsed.kind === 'malformed') return bury(parsed.reason);
  try {
    if (parsed.kind === 'event') await publish(parsed.event);
    else await appendEntry(parsed.entry, dependencies);
  } catch (error) {
    if (now().getTime() - since.getTime() < PATIENCE) throw error;
    logger.error('outbox item given up', { item: item.pk, error });
    await bury(error instanceof Error ? error.name : 'unknown error');
  }
}
