import { readDeployment } from '../deployment/deployment-record';
import { registrationFailed } from '../registration/registration-progress';
import { readRegistration, replaceRegistration } from '../registration/registration-record';
import { readTenant, replaceTenant } from '../tenant/tenant-record';
import { reasonOf, stepErrorOf } from '../workflow/failure';
import { PermanentStepError } from '../workflow/step-error';
import type { OnboardingDependencies } from './onboarding';
import type { FailRequest } from './step-request';

/**
 * Ends a registration that a step gave up: it and its tenant are failed, and a tenant that was let in before
 * its last step could be recorded is let out again. Key and user stay for the next sign-up of the same buyer.
 * @throws TransientStepError when another try may succeed
 */
export async function failOnboarding(
  request: FailRequest,
  dependencies: OnboardingDependencies,
): Promise<void> {
  try {
    await end(request, dependencies);
  } catch (error) {
    throw stepErrorOf(error);
  }
}

async function end(
  { registrationId, failedStep, error }: FailRequest,
  { table, open, now }: OnboardingDependencies,
): Promise<void> {
  const registration = await readRegistration(table, registrationId);
  if (!registration) throw new PermanentStepError('superseded');
  // The last step was recorded, only its answer was lost: the tenant is active and stays so.
  if (registration.status === 'succeeded') return;
  const tenant = await readTenant(table, registration.tenantId);
  const current = tenant?.registrationId === registrationId ? tenant : undefined;
  const at = now().toISOString();
  if (registration.status !== 'failed')
    await table.write([
      replaceRegistration(
        registrationFailed(registration, error ? reasonOf(error.Error) : 'unexpected', at, failedStep),
      ),
      ...(current ? [replaceTenant({ ...current, status: 'failed', updatedAt: at })] : []),
    ]);
  if (registration.steps.activate.attempts === 0) return;
  const deployment = await readDeployment(table, registration.deploymentId);
  if (!deployment) return;
  // The directory changes only what this registration admitted: a newer one's tenant stays as it is.
  const { tenantId } = registration;
  await open(deployment).directory.setStatus({
    tenantId,
    registrationId,
    status: 'provisioning',
    updatedAt: at,
  });
}
