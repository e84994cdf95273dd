import type {
  AdminUser,
  DeploymentAccess,
  DirectoryEntry,
  StatusChange,
  TenantDirectory,
  TenantUsers,
  UsageKeys,
} from '../onboarding/deployment-access/deployment-access';

/** A deployment in memory, for tests: as forgiving and as strict as AWS is. */
export class MemoryDeployment implements DeploymentAccess {
  readonly keys = new Map<string, { readonly name: string; readonly value: string }>();
  readonly plans = new Map<string, string>();
  readonly entries = new Map<string, DirectoryEntry & { readonly status: string }>();
  readonly people = new Map<string, AdminUser>();

  readonly usageKeys: UsageKeys = {
    find: async (name) => [...this.keys].find(([, key]) => key.name === name)?.[0],
    create: async (name) => {
      const id = `key${this.keys.size + 1}`;
      this.keys.set(id, { name, value: `secret-of-${id}` });
      return id;
    },
    attach: async (keyId, planId) => {
      const plan = this.plans.get(keyId);
      if (plan !== undefined && plan !== planId) return 'on-another-plan';
      this.plans.set(keyId, planId);
      return 'attached';
    },
    value: async (keyId) => this.keys.get(keyId)?.value as string,
  };

  readonly directory: TenantDirectory = {
    admit: async (entry) => {
      const status = this.entries.get(entry.tenantId)?.status ?? 'provisioning';
      this.entries.set(entry.tenantId, { ...entry, status });
    },
    setStatus: async ({ tenantId, registrationId, status, updatedAt }: StatusChange) => {
      const entry = this.entries.get(tenantId);
      if (entry?.registrationId !== registrationId) return false;
      this.entries.set(tenantId, { ...entry, status, updatedAt });
      return true;
    },
  };

  readonly users: TenantUsers = {
    invite: async (admin) => {
      if (this.people.has(admin.email)) return 'exists';
      this.people.set(admin.email, admin);
      return 'invited';
    },
    tenantOf: async (email) => this.people.get(email)?.tenantId,
  };
}
