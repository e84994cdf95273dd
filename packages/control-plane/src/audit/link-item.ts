import type { AuditPlace } from './audit-store';
import { type Link, PLATFORM_CHAIN } from './chain';

/** The key of the list of chains. */
export const CHAINS = 'CHAINS';

export const chainKey = (chain: string) => `CHAIN#${chain}`;
export const entryKey = (entryId: string) => `ENTRY#${entryId}`;
export const sequenceKey = (sequence: number) => String(sequence).padStart(12, '0');

/** A link as the table has it: with its key, its day and its place in time, by which two indexes find it. */
export function linkItem(link: Link): Record<string, unknown> {
  const { chain, sequence, entry } = link;
  const at = new Date(entry.at).toISOString();
  return {
    ...link,
    pk: chainKey(chain),
    sk: sequenceKey(sequence),
    day: dayOf(at),
    place: placeText({ at, chain, sequence }),
  };
}

/** What an item says of a link; null when its key, day or place is not the one of such a link. */
export function storedLink(item: Readonly<Record<string, unknown>>): unknown {
  const { pk, sk, day, place, ...link } = item;
  try {
    const expected = linkItem(link as unknown as Link);
    const same = expected.pk === pk && expected.sk === sk && expected.day === day && expected.place === place;
    return same ? link : null;
  } catch {
    // What is no link has no key that it could be compared with.
    return null;
  }
}

/** The day of a time: `2026-11-24`. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

/** Sorts by time. */
export function placeText({ at, chain, sequence }: AuditPlace): string {
  return `${at}#${chain === PLATFORM_CHAIN ? '' : chain}#${sequenceKey(sequence)}`;
}
