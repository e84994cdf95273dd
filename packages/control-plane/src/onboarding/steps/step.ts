import type { DeploymentRecord } from '../../deployment/deployment-record';
import type { DeploymentAccess } from '../../deployment-access/deployment-access';
import type { TenantRecord } from '../../tenant/tenant-record';

export interface StepContext {
  readonly tenant: TenantRecord;
  readonly deployment: DeploymentRecord;
  readonly access: DeploymentAccess;
  /** First part of the names of API keys. */
  readonly application: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What a step found out about the tenant, stored with the step's success. */
export type StepOutcome = Partial<Pick<TenantRecord, 'usageKeyId' | 'status'>>;

/** A step may be cut off anywhere and run again: what it finds done it leaves, what is missing it does. */
export type Step = (context: StepContext) => Promise<StepOutcome>;
