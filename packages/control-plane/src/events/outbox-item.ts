import {
  type AuditEntry,
  auditEntrySchema,
  CONTROL_PLANE_EVENTS,
  type ControlPlaneDetailType,
  isControlPlaneDetailType,
} from '@granary/api';
import * as z from 'zod';
import { OUTBOX } from './outbox';

/** An event as it goes to the bus. */
export interface CarriedEvent {
  readonly eventId: string;
  readonly detailType: ControlPlaneDetailType;
  /** With its version and `eventId`, by which a consumer knows one that comes twice. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** When it happened, ISO 8601, UTC. */
  readonly at: string;
}

export type OutboxItem =
  | { readonly kind: 'event'; readonly event: CarriedEvent }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }
  /** Nothing that could be carried; `reason` holds no value of it. */
  | { readonly kind: 'malformed'; readonly reason: string };

const eventItemSchema = z.object({
  eventId: z.string().min(1).max(256),
  detailType: z.string(),
  detail: z.record(z.string(), z.unknown()),
  at: z.iso.datetime(),
});

/** What an item of the outbox is. An event is checked against the schema of its type: nothing else is published. */
export function parseOutboxItem(item: Readonly<Record<string, unknown>>): OutboxItem {
  const pk = String(item.pk);
  if (pk.startsWith(OUTBOX.audit)) {
    const parsed = auditEntrySchema.safeParse(item.entry);
    return parsed.success ? { kind: 'audit', entry: parsed.data } : malformed(parsed.error);
  }
  if (pk.startsWith(OUTBOX.event)) return parseEvent(item);
  return { kind: 'malformed', reason: 'is no item of the outbox' };
}

function parseEvent(item: Readonly<Record<string, unknown>>): OutboxItem {
  const parsed = eventItemSchema.safeParse(item);
  if (!parsed.success) return malformed(parsed.error);
  const { eventId, detailType, at } = parsed.data;
  if (!isControlPlaneDetailType(detailType))
    return { kind: 'malformed', reason: 'detailType: the control plane publishes no such event' };
  const { version, detail: schema } = CONTROL_PLANE_EVENTS[detailType];
  const { version: given = version, ...detail } = parsed.data.detail;
  const checked = (schema as z.ZodObject).safeParse(detail);
  if (!checked.success) return malformed(checked.error);
  if (given !== version) return { kind: 'malformed', reason: `version: must be ${version}` };
  return { kind: 'event', event: { eventId, detailType, at, detail: { ...checked.data, version, eventId } } };
}

function malformed({ issues }: z.ZodError): OutboxItem {
  const faults = issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'item'}: ${message}`);
  return { kind: 'malformed', reason: faults.join('; ') };
}
