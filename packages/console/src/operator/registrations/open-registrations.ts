import { REGISTRATION_STATUSES, type RegistrationEntry, type RegistrationStatus } from '@granary/api';

/** What somebody still has to do, or the platform: in the order in which it needs a person. */
export const OPEN_STATUSES = [
  'awaiting-approval',
  'failed',
  'waiting',
  'running',
  'pending',
  'compensating',
] as const satisfies readonly RegistrationStatus[];

const ORDER: readonly RegistrationStatus[] = [
  ...OPEN_STATUSES,
  ...REGISTRATION_STATUSES.filter((status) => !(OPEN_STATUSES as readonly string[]).includes(status)),
];

/** Those that need a person first, then those in progress, then the rest; the newest first among equals. */
export function byUrgency(entries: readonly RegistrationEntry[]): readonly RegistrationEntry[] {
  return [...entries].sort(
    (left, right) =>
      ORDER.indexOf(left.status) - ORDER.indexOf(right.status) || (left.createdAt < right.createdAt ? 1 : -1),
  );
}
