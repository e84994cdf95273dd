import { type Account, MemoryUserRows, type UserAccounts } from '@granary/auth';
import type { DeploymentUsers } from '../tenant-user/open-tenant-users';
import type { MemoryDeployment } from './memory-deployment';

/** The users of a deployment in memory as its directory and its pool have them, for tests. */
export class MemoryPeople implements DeploymentUsers {
  /** By tenant. */
  readonly directories = new Map<string, MemoryUserRows>();

  constructor(private readonly deployment: MemoryDeployment) {}

  rowsOf(tenantId: string): MemoryUserRows {
    const known = this.directories.get(tenantId) ?? new MemoryUserRows();
    this.directories.set(tenantId, known);
    return known;
  }

  readonly accounts: UserAccounts = {
    find: async (userName) => this.accountOf(userName),
    create: async (userName, attributes) => {
      const [tenantId = '', role = '', tier = ''] = ['tenantId', 'userRole', 'tenantTier'].map(
        (name) => attributes[`custom:${name}`],
      );
      const entered = await this.deployment.users.enter(
        { email: userName, enabled: true, tenantId, role, tier },
        'invited',
      );
      return entered === 'entered' ? 'created' : 'exists';
    },
    setRole: async (userName, role) => this.change(userName, { role }),
    enable: async (userName) => this.change(userName, { enabled: true }),
    disable: async (userName) => this.change(userName, { enabled: false }),
    signOut: async (userName) => this.deployment.people.has(userName),
    remove: async (userName) => this.deployment.people.delete(userName),
  };

  private accountOf(userName: string): Account | undefined {
    const person = this.deployment.people.get(userName);
    if (!person) return undefined;
    const { tenantId, tier, role = 'TenantAdmin', enabled = true } = person;
    const attributes = { 'custom:tenantId': tenantId, 'custom:userRole': role, 'custom:tenantTier': tier };
    return { userId: `sub-of-${userName}`, userName, enabled, createdAt: new Date(0), attributes };
  }

  private change(userName: string, what: { readonly role?: string; readonly enabled?: boolean }): boolean {
    const person = this.deployment.people.get(userName);
    if (person) this.deployment.people.set(userName, { ...person, ...what });
    return person !== undefined;
  }
}
