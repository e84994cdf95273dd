import { registrationIdSchema } from '@granary/api';

const KEY = 'granary.registration';

/**
 * The id of the registration that this tab follows. It is the permission to follow it, so it is kept for this tab only
 * and never stands in an address; it ends with the tab, or when the tenant is ready.
 */
export function keptRegistration(storage: Pick<Storage, 'getItem'>): string | undefined {
  try {
    const kept = registrationIdSchema.safeParse(storage.getItem(KEY));
    return kept.success ? kept.data : undefined;
  } catch {
    // A browser that keeps nothing: the same form sent again finds the registration.
    return undefined;
  }
}

/** @param registrationId undefined forgets it */
export function keepRegistration(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  registrationId: string | undefined,
): void {
  try {
    if (registrationId === undefined) storage.removeItem(KEY);
    else storage.setItem(KEY, registrationId);
  } catch {
    // As above.
  }
}
