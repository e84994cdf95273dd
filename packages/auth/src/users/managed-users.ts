import {
  ConflictProblem,
  ContentionProblem,
  ForbiddenProblem,
  NotFoundProblem,
  type Role,
  VersionMismatchProblem,
} from '@granary/api';
import type { Account, UserAccounts } from './user-accounts';
import {
  LastAdminRefusal,
  type RowChange,
  RowChangedRefusal,
  type UserRow,
  type UserRows,
  type UserWork,
} from './user-row';

/** How long whoever changes a user has it for itself, in milliseconds: longer than its function may run. */
export const LEASE_MS = 60_000;

/** Whose users they are. */
export interface Realm {
  /** Attributes that make an account one of this realm, by name, `custom:` included. */
  readonly marks: Readonly<Record<string, string>>;
  /** Attributes that a new account gets besides. @default none */
  readonly extras?: Readonly<Record<string, string>>;
  /** Roles that its users may have, the highest first: somebody has to hold that one. */
  readonly roles: readonly Role[];
}

export interface ManagedUsersOptions {
  readonly realm: Realm;
  readonly rows: UserRows;
  readonly accounts: UserAccounts;
  readonly now: () => Date;
}

export interface NewUser {
  readonly userName: string;
  readonly role: Role;
  /** For support users: when it ends, why, and what it signs in by. @default one of the realm's own people */
  readonly support?: { readonly until: Date; readonly reason: string; readonly password: string };
}

/** The users of one realm. Somebody of another realm is not there. */
export interface ManagedUsers {
  page(limit: number, after?: string): Promise<{ readonly rows: readonly UserRow[]; readonly more: boolean }>;
  /** Enters an account of the realm that the directory lacks; any name that the pool knows it by. */
  adopt(name: string): Promise<UserRow | undefined>;
  /** @throws NotFoundProblem */
  get(userName: string): Promise<UserRow>;
  /** @throws ConflictProblem when the address is taken */
  create(user: NewUser): Promise<UserRow>;
  /** @throws NotFoundProblem, VersionMismatchProblem, LastAdminProblem, UserBusyProblem, ForbiddenProblem */
  setRole(userName: string, role: Role, version: number): Promise<UserRow>;
  enable(userName: string): Promise<UserRow>;
  disable(userName: string): Promise<UserRow>;
  remove(userName: string): Promise<void>;
}

/** The realm would be left without anybody to manage it. */
export class LastAdminProblem extends ConflictProblem {
  constructor(userName: string) {
    super(`"${userName}" is the last enabled administrator; make or enable another one first`);
  }
}

/** Somebody else changes the user, or did not come to an end with it. */
export class UserBusyProblem extends ConflictProblem {
  override readonly headers = { 'Retry-After': '5' };

  constructor(userName: string) {
    super(`"${userName}" is being changed; try again shortly`);
  }
}

/**
 * Users in two places: the directory, which lists and counts, and the user pool, which lets in. A change is entered
 * in the directory first, with a lease, then made in the pool, then settled. An administrator counts only while
 * both places have it so: it leaves the counter before the pool loses it and joins after the pool has it. Work that
 * nobody ended is taken up by the next who names the user, once the lease is over; so no two ever work on one.
 */
export function managedUsers({ realm, rows, accounts, now }: ManagedUsersOptions): ManagedUsers {
  const highest = realm.roles[0];
  const counts = ({ role, enabled, support }: UserRow) => role === highest && enabled && !support;
  const belongs = ({ attributes }: Account) =>
    Object.entries(realm.marks).every(([name, value]) => attributes[name] === value);

  async function adopt(name: string): Promise<UserRow | undefined> {
    const account = await accounts.find(name);
    const role = realm.roles.find((each) => each === account?.attributes['custom:userRole']);
    if (!account || !role || !belongs(account)) return undefined;
    const { userName, userId, enabled, createdAt } = account;
    const until = account.attributes['custom:accessUntil'];
    const row: UserRow = {
      ...{ userName, userId, role, enabled },
      counted: false,
      createdAt: createdAt.toISOString(),
      updatedAt: now().toISOString(),
      version: 1,
      ...(until
        ? { support: { until: new Date(Number(until) * 1000).toISOString(), reason: 'not known' } }
        : {}),
    };
    const entered = { ...row, counted: counts(row) };
    try {
      await rows.write({ row: entered, userName, expect: undefined, admins: entered.counted ? 1 : 0 });
      return entered;
    } catch (error) {
      if (!(error instanceof RowChangedRefusal)) throw error;
      return rows.get(userName);
    }
  }

  /** The row with nothing pending. */
  async function settled(userName: string): Promise<UserRow> {
    const row = (await rows.get(userName)) ?? (await adopt(userName));
    if (!row) throw new NotFoundProblem(`there is no user "${userName}"`);
    if (!row.pending) return row;
    if (row.pending.until > now().getTime()) throw new UserBusyProblem(userName);
    const ended = await work(await begin(row, row.pending.work));
    if (!ended) throw new NotFoundProblem(`there is no user "${userName}"`);
    return ended;
  }

  async function begin(row: UserRow, todo: UserWork): Promise<UserRow> {
    const begun: UserRow = {
      ...row,
      counted: row.counted && counts(after(row, todo) ?? { ...row, enabled: false }),
      version: row.version + 1,
      pending: { work: todo, until: now().getTime() + LEASE_MS },
    };
    const { userName, version: expect } = row;
    try {
      const admins = row.counted && !begun.counted ? -1 : 0;
      await rows.write({ row: begun, userName, expect, admins, ended: ending(row, todo) });
    } catch (error) {
      if (error instanceof RowChangedRefusal) throw new UserBusyProblem(userName);
      if (error instanceof LastAdminRefusal) throw new LastAdminProblem(userName);
      throw error;
    }
    return begun;
  }

  /** Does what is pending and settles it; undefined when the user is gone then. */
  async function work(row: UserRow, password?: string): Promise<UserRow | undefined> {
    const todo = row.pending?.work as UserWork;
    const { userName, version: expect } = row;
    const userId = (await made(row, todo, password)) ?? row.userId;
    const next = userId === undefined ? undefined : after({ ...row, userId }, todo);
    const ended = ending({ ...row, userId }, todo);
    if (!next) {
      await settle({ row: undefined, userName, expect, admins: 0, ended });
      return undefined;
    }
    const { pending: _, ...free } = { ...next, updatedAt: now().toISOString(), version: row.version + 1 };
    const done: UserRow = { ...free, counted: counts(free) };
    await settle({ row: done, userName, expect, admins: done.counted && !row.counted ? 1 : 0, ended });
    return done;
  }

  /** What is made in the pool stays so: who names the user next settles what met others here. */
  async function settle(change: RowChange): Promise<void> {
    try {
      await rows.write(change);
    } catch (error) {
      const met = error instanceof ContentionProblem || error instanceof RowChangedRefusal;
      throw met ? new UserBusyProblem(change.userName) : error;
    }
  }

  /** Makes the pool as the row wants it. @returns the user's id, undefined when there is no such user */
  async function made(row: UserRow, todo: UserWork, password?: string): Promise<string | undefined> {
    const { userName } = row;
    const known = async (isThere: Promise<boolean>) => {
      if (await isThere) return row.userId ?? (await accounts.find(userName))?.userId;
      // Deleted by somebody else: the row goes too.
      await forget(row);
      throw new NotFoundProblem(`there is no user "${userName}"`);
    };
    switch (todo.kind) {
      case 'create':
        return create(row, password);
      case 'role':
        return known(
          accounts.setRole(userName, todo.role).then((found) => found && accounts.signOut(userName)),
        );
      case 'enable':
        return known(accounts.enable(userName));
      case 'disable':
        return known(accounts.disable(userName));
      case 'delete':
        await accounts.remove(userName);
        return undefined;
    }
  }

  async function create(row: UserRow, password?: string): Promise<string | undefined> {
    const { userName, role, support } = row;
    const until: Record<string, string> = support
      ? { 'custom:accessUntil': String(Date.parse(support.until) / 1000) }
      : {};
    const attributes = { ...realm.extras, ...realm.marks, ...until, 'custom:userRole': role };
    await accounts.create(userName, attributes, password);
    const account = await accounts.find(userName);
    // Made by an earlier try of ours, or somebody of another realm.
    if (account && belongs(account)) return account.userId;
    await forget(row);
    throw new ConflictProblem(`"${userName}" cannot be invited here; use another address`);
  }

  const forget = ({ userName, version: expect }: UserRow) =>
    rows.write({ row: undefined, userName, expect, admins: 0 });

  async function change(userName: string, todo: UserWork, version?: number): Promise<UserRow | undefined> {
    const row = await settled(userName);
    if (version !== undefined && row.version !== version)
      throw new VersionMismatchProblem(
        `"${userName}" has version ${row.version}, not ${version}; read it again`,
      );
    if (row.support && todo.kind !== 'delete' && todo.kind !== 'disable')
      throw new ForbiddenProblem('the platform alone changes support users; disable or delete it');
    if (todo.kind === 'role' && row.role === todo.role) return row;
    if ((todo.kind === 'enable' && row.enabled) || (todo.kind === 'disable' && !row.enabled)) return row;
    return work(await begin(row, todo));
  }

  return {
    page: (limit, behind) => rows.page(limit, behind),
    adopt,
    get: settled,
    async create({ userName, role, support }) {
      if (await rows.get(userName)) {
        await settled(userName);
        throw new ConflictProblem(`there is a user "${userName}" already`);
      }
      if (await adopt(userName)) throw new ConflictProblem(`there is a user "${userName}" already`);
      const at = now();
      const row: UserRow = {
        ...{ userName, role, enabled: true, counted: false, version: 1 },
        ...{ createdAt: at.toISOString(), updatedAt: at.toISOString() },
        ...(support ? { support: { until: support.until.toISOString(), reason: support.reason } } : {}),
        pending: { work: { kind: 'create' }, until: at.getTime() + LEASE_MS },
      };
      try {
        await rows.write({ row, userName, expect: undefined, admins: 0 });
      } catch (error) {
        if (error instanceof RowChangedRefusal) throw new UserBusyProblem(userName);
        throw error;
      }
      return (await work(row, support?.password)) as UserRow;
    },
    setRole: async (userName, role, version) =>
      (await change(userName, { kind: 'role', role }, version)) as UserRow,
    enable: async (userName) => (await change(userName, { kind: 'enable' })) as UserRow,
    disable: async (userName) => (await change(userName, { kind: 'disable' })) as UserRow,
    remove: async (userName) => {
      await change(userName, { kind: 'delete' });
    },
  };

  /** Tokens from before end when the person may less, or is gone. */
  function ending({ userId }: UserRow, { kind }: UserWork) {
    return userId !== undefined && ['role', 'disable', 'delete'].includes(kind)
      ? { userId, at: now() }
      : undefined;
  }
}

/** What a row becomes by some work; undefined when it goes. */
function after(row: UserRow, work: UserWork): UserRow | undefined {
  switch (work.kind) {
    case 'create':
      return row;
    case 'role':
      return { ...row, role: work.role };
    case 'enable':
      return { ...row, enabled: true };
    case 'disable':
      return { ...row, enabled: false };
    case 'delete':
      return undefined;
  }
}
