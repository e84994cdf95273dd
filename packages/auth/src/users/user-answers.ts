import { InvalidRequestProblem, type Page, type PageQuery } from '@granary/api';
import type { ManagedUsers } from './managed-users';
import type { UserRow } from './user-row';

/** What an API says of a user. */
export function userAnswer<R extends string>({
  pending: _,
  counted: __,
  userId: ___,
  enabled,
  ...row
}: UserRow) {
  return {
    ...row,
    role: row.role as R,
    email: row.userName,
    status: enabled ? ('enabled' as const) : ('disabled' as const),
  };
}

/**
 * One page of a realm's users. The first page also enters who is known to be of the realm, by any name, and is not
 * in the directory yet.
 * @throws InvalidRequestProblem when the token is none of this list
 */
export async function userPage<R extends string>(
  users: ManagedUsers,
  { limit, nextToken }: PageQuery,
  known: readonly { readonly name: string; readonly userId?: string }[],
): Promise<Page<ReturnType<typeof userAnswer<R>>>> {
  const after = nextToken === undefined ? undefined : nameOf(nextToken);
  let page = await users.page(limit, after);
  if (after === undefined) {
    const missing = known.filter(
      ({ name, userId }) => !page.rows.some((row) => row.userName === name || row.userId === userId),
    );
    const adopted = await Promise.all(missing.map(({ name }) => users.adopt(name)));
    if (adopted.some(Boolean)) page = await users.page(limit);
  }
  const last = page.rows.at(-1);
  return {
    items: page.rows.map((row) => userAnswer<R>(row)),
    ...(page.more && last ? { nextToken: tokenOf(last.userName) } : {}),
  };
}

function tokenOf(userName: string): string {
  return Buffer.from(`users\n${userName}`).toString('base64url');
}

function nameOf(token: string): string {
  const [list, userName] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  // Decoding skips what is not base64url: only the one spelling that was given counts.
  if (list === 'users' && userName && tokenOf(userName) === token) return userName;
  throw new InvalidRequestProblem([
    { in: 'query', pointer: 'nextToken', message: 'must be the nextToken of the last answer of this list' },
  ]);
}
