import type { Telemetry } from '@granary/auth';
import { parseDeploymentPayload } from './deployment-payload';
import { checkDeployment, type RegistryDependencies, registerDeployment } from './deployment-registry';
import type { DeploymentStatus } from './deployment-status';
import { checkPurge, type PurgeStatus } from './purge-receipt';
import { type RetirementStatus, retireDeployment } from './retire-deployment';

export interface DeploymentServiceOptions extends RegistryDependencies {
  readonly logger: Telemetry['logger'];
}

/**
 * The deployment function, invoked directly: with a `DeploymentRegistration` it registers, with
 * `{"check": "<deploymentId>"}` it reads; both answer a `DeploymentStatus`. With `{"receipt": "<deploymentId>"}` it
 * answers a `PurgeStatus`, with `{"retire": "<deploymentId>", "deletedAt"}` a `RetirementStatus`. Errors are thrown.
 */
export function deploymentService({
  logger,
  ...dependencies
}: DeploymentServiceOptions): (
  payload: unknown,
) => Promise<DeploymentStatus | PurgeStatus | RetirementStatus> {
  return async (payload) => {
    try {
      const parsed = parseDeploymentPayload(payload);
      if (parsed.kind === 'check') return await checkDeployment(parsed.deploymentId, dependencies.table);
      if (parsed.kind === 'receipt') return await checkPurge(parsed.deploymentId, dependencies.table);
      if (parsed.kind === 'retire') {
        const status = await retireDeployment(parsed, dependencies.table);
        logger.info('deployment retired', { ...status });
        return status;
      }
      const status = await registerDeployment(parsed.registration, dependencies);
      const { deploymentId, release, wave, tenant } = status;
      logger.info('deployment registered', { deploymentId, release, wave, tenantStatus: tenant?.status });
      return status;
    } catch (error) {
      logger.error('deployment refused', error as Error);
      throw error;
    }
  };
}
