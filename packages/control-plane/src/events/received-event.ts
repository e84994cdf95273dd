import type { Item, Write } from '../control-table/control-table';

/** How long an event's id is remembered, in seconds: longer than a queue keeps a message. */
const KEPT_SECONDS = 15 * 24 * 3600;

export function receivedKey(eventId: string) {
  return { pk: `RECEIVED#${eventId}`, sk: 'RECEIVED' };
}

/** Remembers that an event was dealt with. */
export function receivedMark(eventId: string, detailType: string, at: Date): Write {
  const item: Item = {
    ...receivedKey(eventId),
    detailType,
    at: at.toISOString(),
    expiresAt: Math.floor(at.getTime() / 1000) + KEPT_SECONDS,
  };
  return { type: 'put', item, expect: { kind: 'any' } };
}
