import { type AuditEntry, auditEntrySchema } from '@granary/api';
import type { Item, Write } from '../control-table/control-table';

/**
 * What has to leave the control table: it is written in the same transaction as what it tells of, so that neither
 * is lost without the other. The table's stream carries it on; the item itself expires.
 */
export interface OutboxEvent {
  /** The same id is carried once, however often it is written. */
  readonly eventId: string;
  /** EventBridge's detail type, such as `sbt_aws_onboardingRequest`. */
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** First part of the key of what the stream carries on. */
export const OUTBOX = { event: 'EVENT#', audit: 'AUDIT#' } as const;

/** How long a carried item stays for a look, in seconds. */
const KEPT_SECONDS = 7 * 24 * 3600;

/** An event to be published. `at` is ISO 8601, UTC. */
export function outboxEvent({ eventId, detailType, detail }: OutboxEvent, at: string): Write {
  return outboxItem(`${OUTBOX.event}${eventId}`, { eventId, detailType, detail, at }, at);
}

/** A line for the audit log. */
export function outboxAudit(entry: AuditEntry): Write {
  const checked = auditEntrySchema.parse(entry);
  return outboxItem(`${OUTBOX.audit}${checked.entryId}`, { entry: checked }, checked.at);
}

/** Writing the same again leaves the item as it is, and the stream carries nothing twice. */
function outboxItem(pk: string, content: Readonly<Record<string, unknown>>, at: string): Write {
  const item: Item = {
    pk,
    sk: 'OUTBOX',
    ...content,
    expiresAt: Math.floor(Date.parse(at) / 1000) + KEPT_SECONDS,
  };
  return { type: 'put', item, expect: { kind: 'any' } };
}
