import { CONTROL_PLANE_EVENTS, type ControlPlaneDetail, type ControlPlaneDetailType } from '@granary/api';
import type { Write } from '../control-table/control-table';
import { outboxEvent } from './outbox';

/** An event that the control plane publishes, with the detail that its type asks for. */
export interface PublishedEvent<Type extends ControlPlaneDetailType> {
  /** The same id is carried once, however often it is written. */
  readonly eventId: string;
  readonly detailType: Type;
  readonly detail: ControlPlaneDetail<Type>;
}

/**
 * The write of an event, for the transaction that it tells of. `at` is ISO 8601, UTC.
 * @throws ZodError when the detail is not what its type says: a fault of ours, found before anything is written
 */
export function publishedEvent<Type extends ControlPlaneDetailType>(
  { eventId, detailType, detail }: PublishedEvent<Type>,
  at: string,
): Write {
  const contract = CONTROL_PLANE_EVENTS[detailType];
  const checked = contract.detail.parse(detail);
  return outboxEvent({ eventId, detailType, detail: { ...checked, version: contract.version } }, at);
}
