import type { Telemetry } from '@granary/auth';
import { parseDeploymentPayload } from './deployment-payload';
import { checkDeployment, type RegistryDependencies, registerDeployment } from './deployment-registry';
import type { DeploymentStatus } from './deployment-status';

export interface DeploymentServiceOptions extends RegistryDependencies {
  readonly logger: Telemetry['logger'];
}

/**
 * The deployment function, invoked directly: with a `DeploymentRegistration` it registers, with
 * `{"check": "<deploymentId>"}` it reads. Both answer a `DeploymentStatus`; errors are thrown.
 */
export function deploymentService({
  logger,
  ...dependencies
}: DeploymentServiceOptions): (payload: unknown) => Promise<DeploymentStatus> {
  return async (payload) => {
    try {
      const parsed = parseDeploymentPayload(payload);
      if (parsed.kind === 'check') return await checkDeployment(parsed.deploymentId, dependencies.table);
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
