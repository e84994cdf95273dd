import {
  type ApplicationPlaneEvent,
  type AuditEntry,
  EVENT_SOURCES,
  operationIdSchema,
  parseApplicationPlaneEvent,
  type TransitionDetail,
} from '@granary/api';
import type { Telemetry } from '@granary/auth';
import * as z from 'zod';
import type { ControlTable } from '../control-table/control-table';
import { readOperation } from '../workflow/operation-record';
import type { Resumed } from '../workflow/resume-wait';
import { readWait } from '../workflow/wait-record';
import type { KeepDeadLetter } from './dead-letters';
import { outboxAudit } from './outbox';
import { receivedKey, receivedMark } from './received-event';

export interface ReceiveDependencies {
  readonly table: ControlTable;
  /** Ends a step that waits; says whether one did. */
  readonly resume: (resumed: Resumed) => Promise<boolean>;
  /** Counts usage records; each once, however often it is called. */
  readonly ingestUsage: (records: readonly unknown[]) => Promise<unknown>;
  readonly keep: KeepDeadLetter;
  readonly now: () => Date;
  readonly logger: Telemetry['logger'];
}

/** An event as EventBridge delivers it. */
const deliverySchema = z.object({
  id: z.string().min(1).max(128),
  source: z.string(),
  'detail-type': z.string().max(128),
  account: z.string().max(12),
  detail: z.unknown(),
});
type Delivery = z.output<typeof deliverySchema>;

type Transition = Extract<ApplicationPlaneEvent, { kind: 'transition' }>;

/** What EventBridge could deliver and we can never take: kept, with the reason. */
class Unreceivable extends Error {}

/**
 * Takes one event of the application plane. The same event may come twice. What can never be taken goes to the dead
 * letters with its reason.
 * @throws whatever failed that may be tried again
 */
export async function receive(body: string, dependencies: ReceiveDependencies): Promise<void> {
  const { table, keep, now, logger } = dependencies;
  try {
    const delivery = deliveryOf(body);
    if (await table.get(receivedKey(delivery.id))) return;
    const detailType = delivery['detail-type'];
    const parsed = parseApplicationPlaneEvent(detailType, delivery.detail);
    if (!parsed.ok) throw new Unreceivable(parsed.reason);
    const mark = receivedMark(delivery.id, detailType, now());
    if (parsed.event.kind === 'usage') {
      await dependencies.ingestUsage(parsed.event.records);
      await table.write([mark]);
    } else {
      const line = await applyTransition(parsed.event, delivery, dependencies);
      await table.write([mark, outboxAudit(line)]);
    }
  } catch (error) {
    if (!(error instanceof Unreceivable)) throw error;
    logger.error('event not received', { reason: error.message });
    await keep({ body, reason: error.message });
  }
}

function deliveryOf(body: string): Delivery {
  const parsed = deliverySchema.safeParse(jsonOf(body));
  if (!parsed.success) throw new Unreceivable('is no event of EventBridge');
  if (parsed.data.source !== EVENT_SOURCES.applicationPlane)
    throw new Unreceivable(`source: must be ${EVENT_SOURCES.applicationPlane}`);
  return parsed.data;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Lets the operation go on that waits for it; gives the line for the audit log. */
async function applyTransition(
  { transition, succeeded, detail }: Transition,
  delivery: Delivery,
  { table, resume, now, logger }: ReceiveDependencies,
): Promise<AuditEntry> {
  const { tenantId, operationId } = await addressee(detail, table);
  const key = `${transition}:${tenantId}`;
  const wait = await readWait(table, key);
  // An answer to an operation that is over must not end a later one's wait.
  const meant = wait !== undefined && (operationId === undefined || wait.operationId === operationId);
  const resumed = meant && (await resume({ key, outcome: succeeded ? 'succeeded' : 'failed' }));
  logger.info('application plane answered', { tenantId, transition, succeeded, resumed });
  const reason = detail.reason ?? detail.jobOutput?.tenantStatus;
  return {
    entryId: `event:${delivery.id}`,
    at: now().toISOString(),
    actor: { kind: 'platform', name: `application-plane/${delivery.account}` },
    action: delivery['detail-type'],
    tenantId,
    ...(operationId ? { subject: operationId } : {}),
    ...(reason && !succeeded ? { reason: reason.slice(0, 500) } : {}),
    result: succeeded ? 'succeeded' : 'failed',
  };
}

/** Whom an answer is about: the operation that it names knows its tenant. */
async function addressee(
  { tenantRegistrationId, tenantId }: TransitionDetail,
  table: ControlTable,
): Promise<{ readonly tenantId: string; readonly operationId?: string }> {
  if (tenantRegistrationId === undefined) {
    if (tenantId === undefined) throw new Unreceivable('names no tenant');
    return { tenantId };
  }
  const named = operationIdSchema.safeParse(tenantRegistrationId);
  const operation = named.success ? await readOperation(table, named.data) : undefined;
  if (!operation) throw new Unreceivable('tenantRegistrationId: is no operation of ours');
  if (tenantId !== undefined && tenantId !== operation.tenantId)
    throw new Unreceivable('tenantId: is not the tenant of that tenantRegistrationId');
  return { tenantId: operation.tenantId, operationId: operation.operationId };
}
