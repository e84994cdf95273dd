import type { Limits } from '@granary/api';
import type { DeploymentRecord } from '../deployment/deployment-record';

/** API keys in a deployment's account and region. */
export interface UsageKeys {
  /** Id of the key of exactly this name; of several, the oldest. */
  find(name: string): Promise<string | undefined>;
  /** Creates a key, enabled; answers its id. Names need not be unique. */
  create(name: string, description: string): Promise<string>;
  /** Puts the key on the plan; fine when it is there. */
  attach(keyId: string, usagePlanId: string): Promise<'attached' | 'on-another-plan'>;
  /** Takes the key off the plan; fine when it is not there. */
  detach(keyId: string, usagePlanId: string): Promise<void>;
  /** The secret that identifies the tenant to the usage plan. */
  value(keyId: string): Promise<string>;
  /** Deletes the key, which takes it off its plan; fine when it is gone. */
  remove(keyId: string): Promise<void>;
}

/** Usage plans in a deployment's account and region. */
export interface UsagePlans {
  /** Ids of the plans of exactly this name, sorted; names need not be unique. */
  named(name: string): Promise<readonly string[]>;
  /** Ids of the plans that the key is on, sorted. */
  holding(keyId: string): Promise<readonly string[]>;
  /** Creates a plan with these limits for the stages of the plan `modelId`; answers its id. */
  create(name: string, modelId: string, limits: Limits): Promise<string>;
  /** Gives a plan these limits, and the stages of the plan `modelId`. */
  change(planId: string, modelId: string, limits: Limits): Promise<void>;
  /** Deletes a plan that no key is on; fine when it is gone. */
  remove(planId: string): Promise<void>;
}

/** A tenant as its deployment's authorizer knows it. */
export interface DirectoryEntry {
  readonly tenantId: string;
  readonly name: string;
  readonly tier: string;
  /** The API key's value. */
  readonly usageKey: string;
  readonly usageKeyId: string;
  /** The onboarding that admitted it: no other one changes its status. */
  readonly onboardingId: string;
  readonly updatedAt: string;
}

/** The table of tenants of a deployment. */
export interface TenantDirectory {
  /** Enters a tenant, status `provisioning`; one that is there keeps its status. */
  admit(entry: DirectoryEntry): Promise<void>;
  /**
   * Changes the status of a tenant that this onboarding admitted.
   * @returns whether there is such a tenant
   */
  setStatus(change: StatusChange): Promise<boolean>;
  /** Takes out a tenant that this onboarding admitted; fine when it is not there. */
  remove(entry: Pick<DirectoryEntry, 'tenantId' | 'onboardingId'>): Promise<void>;
}

export interface StatusChange {
  readonly tenantId: string;
  readonly onboardingId: string;
  readonly status: 'active' | 'provisioning';
  readonly updatedAt: string;
}

/** The users of a deployment. */
export interface TenantUsers {
  /** Creates a tenant's administrator, who gets an invitation by e-mail. */
  invite(admin: AdminUser): Promise<'invited' | 'exists'>;
  /** The tenant that a user belongs to; none when there is no such user. */
  tenantOf(email: string): Promise<string | undefined>;
  /** Deletes a user; fine when it is gone. */
  remove(email: string): Promise<void>;
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
  readonly usagePlans: UsagePlans;
  readonly directory: TenantDirectory;
  readonly users: TenantUsers;
}

export type OpenDeployment = (deployment: DeploymentRecord) => DeploymentAccess;
