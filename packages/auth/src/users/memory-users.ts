import type { Account, UserAccounts } from './user-accounts';
import { LastAdminRefusal, type RowChange, RowChangedRefusal, type UserRow, type UserRows } from './user-row';

/** A directory in memory, for tests: the same conditions, all or nothing. */
export class MemoryUserRows implements UserRows {
  readonly rows = new Map<string, UserRow>();
  readonly ended: NonNullable<RowChange['ended']>[] = [];
  admins = 0;

  async get(userName: string): Promise<UserRow | undefined> {
    return structuredClone(this.rows.get(userName));
  }

  async page(limit: number, after = '') {
    const behind = [...this.rows.keys()].sort().filter((name) => name > after);
    const rows = behind.slice(0, limit).map((name) => structuredClone(this.rows.get(name) as UserRow));
    return { rows, more: behind.length > limit };
  }

  async write({ row, userName, expect, admins, ended }: RowChange): Promise<void> {
    if (this.rows.get(userName)?.version !== expect) throw new RowChangedRefusal();
    if (admins < 0 && this.admins <= 1) throw new LastAdminRefusal();
    this.admins += admins;
    if (row) this.rows.set(userName, structuredClone(row));
    else this.rows.delete(userName);
    if (ended) this.ended.push(ended);
  }

  async clear(): Promise<void> {
    this.rows.clear();
    this.admins = 0;
  }
}

/** A user pool in memory, for tests. */
export class MemoryAccounts implements UserAccounts {
  readonly people = new Map<string, Account>();
  readonly passwords = new Map<string, string>();
  private made = 0;

  async find(name: string): Promise<Account | undefined> {
    return this.people.get(name) ?? [...this.people.values()].find(({ userId }) => userId === name);
  }

  async create(userName: string, attributes: Readonly<Record<string, string>>, password?: string) {
    if (this.people.has(userName)) return 'exists' as const;
    this.made += 1;
    const userId = `sub-${this.made}`;
    this.people.set(userName, { userId, userName, enabled: true, createdAt: new Date(0), attributes });
    if (password !== undefined) this.passwords.set(userName, password);
    return 'created' as const;
  }

  setRole(userName: string, role: string): Promise<boolean> {
    return this.change(userName, (account) => ({
      ...account,
      attributes: { ...account.attributes, 'custom:userRole': role },
    }));
  }

  enable(userName: string): Promise<boolean> {
    return this.change(userName, (account) => ({ ...account, enabled: true }));
  }

  disable(userName: string): Promise<boolean> {
    return this.change(userName, (account) => ({ ...account, enabled: false }));
  }

  signOut(userName: string): Promise<boolean> {
    return this.change(userName, (account) => account);
  }

  async remove(userName: string): Promise<boolean> {
    return this.people.delete(userName);
  }

  private async change(userName: string, how: (account: Account) => Account): Promise<boolean> {
    const account = this.people.get(userName);
    if (account) this.people.set(userName, how(account));
    return account !== undefined;
  }
}
