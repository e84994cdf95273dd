import type { DeploymentRecord } from '../../deployment/deployment-record';

/** API keys in a deployment's account and region. */
export interface UsageKeys {
  /** Id of the key of exactly this name; of several, the oldest. */
  find(name: string): Promise<string | undefined>;
  /** Creates a key, enabled; answers its id. Names need not be unique. */
  create(name: string, description: string): Promise<string>;
  /** Puts the key on the plan; fine when it is there. */
  attach(keyId: string, usagePlanId: string): Promise<'attached' | 'on-another-plan'>;
  /** The secret that identifies the tenant to the usage plan. */
  value(keyId: string): Promise<string>;
}

/** A tenant as its deployment's authorizer knows it. */
export interface DirectoryEntry {
  readonly tenantId: string;
  readonly name: string;
  readonly tier: string;
  /** The API key's value. */
  readonly usageKey: string;
  readonly usageKeyId: string;
  /** The run of onboarding that admitted it: no other run changes its status. */
  readonly registrationId: string;
  readonly updatedAt: string;
}

/** The table of tenants of a deployment. */
export interface TenantDirectory {
  /** Enters a tenant, status `provisioning`; one that is there keeps its status. */
  admit(entry: DirectoryEntry): Promise<void>;
  /**
   * Changes the status of a tenant that this registration admitted.
   * @returns whether there is such a tenant
   */
  setStatus(change: StatusChange): Promise<boolean>;
}

export interface StatusChange {
  readonly tenantId: string;
  readonly registrationId: string;
  readonly status: 'active' | 'provisioning';
  readonly updatedAt: string;
}

/** The users of a deployment. */
export interface TenantUsers {
  /** Creates a tenant's administrator, who gets an invitation by e-mail. */
  invite(admin: AdminUser): Promise<'invited' | 'exists'>;
  /** The tenant that a user belongs to. */
  tenantOf(email: string): Promise<string | undefined>;
}

export interface AdminUser {
  /** Lower case; also the user's name. */
  readonly email: string;
  readonly tenantId: string;
  readonly tier: string;
}

/** What onboarding may touch in a deployment. */
export interface DeploymentAccess {
  readonly usageKeys: UsageKeys;
  readonly directory: TenantDirectory;
  readonly users: TenantUsers;
}

export type OpenDeployment = (deployment: DeploymentRecord) => DeploymentAccess;
