import type { Telemetry } from '@granary/auth';
import { applyQuota } from '../quota/apply-quota';
import { quotaRequestSchema } from '../quota/quota-request';
import { PermanentStepError } from '../workflow/step-error';
import { failOnboarding } from './fail-onboarding';
import { type OnboardingDependencies, takeStep } from './onboarding';
import { stepRequestSchema } from './step-request';

export interface OnboardingServiceOptions extends OnboardingDependencies {
  readonly logger: Telemetry['logger'];
}

/**
 * The function behind the tasks of the onboarding state machine, and behind the quota function: all that reaches
 * into deployments.
 * @throws TransientStepError to be retried, PermanentStepError to give up
 */
export function onboardingService({
  logger,
  ...dependencies
}: OnboardingServiceOptions): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const quota = quotaRequestSchema.safeParse(payload);
    if (quota.success) return enforceQuota(quota.data.applyQuota, logger, dependencies);
    const parsed = stepRequestSchema.safeParse(payload);
    if (!parsed.success) {
      logger.error('task refused: its payload is wrong', {
        faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      });
      throw new PermanentStepError('unexpected');
    }
    const request = parsed.data;
    const { step } = request;
    try {
      if (request.step === 'fail') await failOnboarding(request, dependencies);
      else await takeStep(request.registrationId, request.step, dependencies);
      logger.info('onboarding step taken', { step });
    } catch (error) {
      // The cause says what AWS answered; it goes no further than this log.
      logger.error('onboarding step failed', { step, error: error as Error });
      throw error;
    }
  };
}

async function enforceQuota(
  tenantId: string,
  logger: Telemetry['logger'],
  dependencies: OnboardingDependencies,
): Promise<void> {
  try {
    await applyQuota(tenantId, dependencies);
    logger.info('limits applied', { tenantId });
  } catch (error) {
    logger.error('limits not applied', { tenantId, error: error as Error });
    throw error;
  }
}
