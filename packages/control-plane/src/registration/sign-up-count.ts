import { ServiceUnavailableProblem } from '@granary/api';
import type { ControlTable, ItemKey, Write } from '../control-table/control-table';

/**
 * Sign-ups of anybody in a day (UTC): each reserves an id and sends a mail to an address that nobody has shown to be
 * theirs. Sign-ups at the same moment may pass it by as many as they are.
 */
export const SIGN_UPS_A_DAY = 1000;

/** How long a day's count is kept, in seconds. */
const KEPT_SECONDS = 3 * 24 * 3600;

/**
 * What counts one more, in the transaction that it is about. `at` is ISO 8601.
 * @throws ServiceUnavailableProblem when there were too many that day
 */
export async function countSignUp(at: string, table: ControlTable): Promise<Write> {
  const day = at.slice(0, 10);
  const key: ItemKey = { pk: `SIGN-UPS#${day}`, sk: 'COUNT' };
  const count = Number((await table.get(key))?.count ?? 0);
  const begins = Date.parse(`${day}T00:00:00.000Z`) / 1000;
  if (count >= SIGN_UPS_A_DAY)
    throw new ServiceUnavailableProblem(
      'there were too many sign-ups today; try again tomorrow, or write to us',
      { retryAfter: Math.ceil(begins + 24 * 3600 - Date.parse(at) / 1000) },
    );
  const set = { expiresAt: begins + KEPT_SECONDS };
  return { type: 'update', key, set, add: { count: 1 }, expect: { kind: 'any' } };
}
