import type { Limits } from '@granary/api';
import type {
  AdminUser,
  DeploymentAccess,
  DirectoryEntry,
  StatusChange,
  TenantDirectory,
  TenantUser,
  TenantUsers,
  UsageKeys,
  UsagePlans,
} from '../deployment-access/deployment-access';

/** A deployment in memory, for tests: as forgiving and as strict as AWS is. */
export class MemoryDeployment implements DeploymentAccess {
  readonly keys = new Map<
    string,
    { readonly name: string; readonly value: string; readonly enabled?: boolean }
  >();
  readonly plans = new Map<string, string>();
  /** Plans that tenants have of their own, by id. */
  readonly ownPlans = new Map<string, Limits & { readonly name: string }>();
  readonly entries = new Map<string, DirectoryEntry & { readonly status: string }>();
  readonly people = new Map<string, AdminUser & Partial<TenantUser>>();
  /** Invitations that went out, by address. */
  readonly mails: string[] = [];

  readonly usageKeys: UsageKeys = {
    find: async (name) => [...this.keys].find(([, key]) => key.name === name)?.[0],
    create: async (name) => {
      this.keysMade += 1;
      const id = `key${this.keysMade}`;
      this.keys.set(id, { name, value: `secret-of-${id}` });
      return id;
    },
    attach: async (keyId, planId) => {
      const plan = this.plans.get(keyId);
      if (plan !== undefined && plan !== planId) return 'on-another-plan';
      this.plans.set(keyId, planId);
      return 'attached';
    },
    detach: async (keyId, planId) => {
      if (this.plans.get(keyId) === planId) this.plans.delete(keyId);
    },
    value: async (keyId) => this.keys.get(keyId)?.value as string,
    setEnabled: async (keyId, enabled) => {
      const key = this.keys.get(keyId);
      if (key) this.keys.set(keyId, { ...key, enabled });
    },
    remove: async (keyId) => {
      this.keys.delete(keyId);
      this.plans.delete(keyId);
    },
  };

  readonly usagePlans: UsagePlans = {
    named: async (name) => [...this.ownPlans].filter(([, plan]) => plan.name === name).map(([id]) => id),
    holding: async (keyId) => [this.plans.get(keyId)].filter((planId) => planId !== undefined),
    create: async (name, _, { throttle, quota }) => {
      this.made += 1;
      this.ownPlans.set(`own${this.made}`, { name, throttle, quota });
      return `own${this.made}`;
    },
    change: async (planId, _, { throttle, quota }) => {
      const plan = this.ownPlans.get(planId);
      if (!plan) throw new Error(`there is no plan ${planId}`);
      this.ownPlans.set(planId, { ...plan, throttle, quota });
    },
    remove: async (planId) => {
      if ([...this.plans.values()].includes(planId)) throw new Error(`a key is on plan ${planId}`);
      this.ownPlans.delete(planId);
    },
  };
  private made = 0;
  private keysMade = 0;

  readonly directory: TenantDirectory = {
    admit: async (entry) => {
      const status = this.entries.get(entry.tenantId)?.status ?? 'provisioning';
      this.entries.set(entry.tenantId, { ...entry, status });
    },
    setStatus: async ({ tenantId, onboardingId, status, updatedAt }: StatusChange) => {
      const entry = this.entries.get(tenantId);
      if (entry?.onboardingId !== onboardingId) return false;
      this.entries.set(tenantId, { ...entry, status, updatedAt });
      return true;
    },
    setTier: async ({ tenantId, onboardingId, tier, updatedAt }) => {
      const entry = this.entries.get(tenantId);
      if (entry?.onboardingId !== onboardingId) return false;
      this.entries.set(tenantId, { ...entry, tier, updatedAt });
      return true;
    },
    knows: async (tenantId) => this.entries.has(tenantId),
    remove: async ({ tenantId, onboardingId }) => {
      if (this.entries.get(tenantId)?.onboardingId === onboardingId) this.entries.delete(tenantId);
    },
  };

  readonly users: TenantUsers = {
    invite: async (admin) => {
      if (this.people.has(admin.email)) return 'exists';
      this.people.set(admin.email, admin);
      this.mails.push(admin.email);
      return 'invited';
    },
    tenantOf: async (email) => this.people.get(email)?.tenantId,
    remove: async (email) => {
      this.people.delete(email);
    },
    of: async (tenantId) =>
      [...this.people.values()]
        .filter((person) => person.tenantId === tenantId)
        .map(({ email, role = 'TenantAdmin', enabled = true, support = false }) => ({
          ...{ email, role, enabled, support },
        })),
    enter: async (user, how) => {
      if (this.people.has(user.email)) return 'exists';
      this.people.set(user.email, user);
      if (how === 'invited') this.mails.push(user.email);
      return 'entered';
    },
    resend: async (email) => {
      this.mails.push(email);
    },
    setTier: async (email, tier) => {
      const person = this.people.get(email);
      if (person) this.people.set(email, { ...person, tier });
    },
  };
}
