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
  /** Lets requests by the key through, or not; fine when it is so, or the key is gone. */
  setEnabled(keyId: string, enabled: boolean): Promise<void>;
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
  /** Changes the tier of a tenant that this onboarding admitted. @returns whether there is such a tenant */
  setTier(change: TierChange): Promise<boolean>;
  /** Whether the tenant is entered. */
  knows(tenantId: string): Promise<boolean>;
  /** Takes out a tenant that this onboarding admitted; fine when it is not there. */
  remove(entry: Pick<DirectoryEntry, 'tenantId' | 'onboardingId'>): Promise<void>;
}

export interface StatusChange {
  readonly tenantId: string;
  readonly onboardingId: string;
  readonly status: 'active' | 'inactive' | 'provisioning';
  readonly updatedAt: string;
}

export interface TierChange extends Omit<StatusChange, 'status'> {
  readonly tier: string;
}

/** The users of a deployment. */
export interface TenantUsers {
  /** Creates a tenant's administrator, who gets an invitation by e-mail. */
  invite(admin: AdminUser): Promise<'invited' | 'exists'>;
  /** The tenant that a user belongs to; none when there is no such user. */
  tenantOf(email: string): Promise<string | undefined>;
  /** Deletes a user; fine when it is gone. */
  remove(email: string): Promise<void>;
  /** The users of a tenant, as the pool itself has them: it walks all of the pool's. */
  of(tenantId: string): Promise<readonly TenantUser[]>;
  /** Creates a user, who is told nothing yet, or invited at once; one that is there is left. */
  enter(
    user: TenantUser & Pick<AdminUser, 'tenantId' | 'tier'>,
    how: 'silent' | 'invited',
  ): Promise<'entered' | 'exists'>;
  /** Sends the invitation of a user who never signed in; one who did is left. */
  resend(email: string): Promise<void>;
  /** What the next tokens of a user say. */
  setTier(email: string, tier: string): Promise<void>;
}

/** A user of a tenant. */
export interface TenantUser {
  /** Lower case; also the user's name. */
  readonly email: string;
  readonly role: string;
  readonly enabled: boolean;
  /** Let in by an operator for a time, and not one of the tenant's people. @default false */
  readonly support?: boolean;
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
