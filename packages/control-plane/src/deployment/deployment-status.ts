import type { Deployment, Registration, TenantStatus } from '@granary/api';

/**
 * What the deployment function answers: the deployment and, for a silo, how far its tenant is. The pipeline
 * asks again while the status is `provisioning`.
 */
export interface DeploymentStatus extends Deployment {
  /** A silo's tenant. @default none, for a pool */
  readonly tenant?: {
    readonly tenantId: string;
    readonly status: TenantStatus;
    /** Of the last onboarding; a failed one says why, in words. */
    readonly steps: Registration['steps'];
  };
}
