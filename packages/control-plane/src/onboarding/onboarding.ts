import { mirrorStatus } from '../registration/registration-record';
import type { TenantRecord } from '../tenant/tenant-record';
import type { FailureReason } from '../workflow/failure-reason';
import type { OperationRecord } from '../workflow/operation-record';
import type { StatusEffects, TenantChange, Workflow } from '../workflow/workflow';
import { type OnboardingInput, onboardingInputSchema } from './onboarding-input';
import { activate } from './steps/activate';
import { createAdmin } from './steps/create-admin';
import { provision } from './steps/provision';
import { requestDeployment } from './steps/request-deployment';
import { reserve } from './steps/reserve';
import { validate } from './steps/validate';
import { welcome } from './steps/welcome';

/** Reasons that no retry cures: what was made is taken back at once, and the id is free for a better request. */
const HOPELESS: ReadonlySet<FailureReason> = new Set([
  'email-refused',
  'email-taken',
  'no-capacity',
  'refused-outside',
]);

/** From a reserved id to an active tenant: the same steps for a pool, a silo, and an application plane of others. */
export const onboarding: Workflow<OnboardingInput> = {
  kind: 'onboarding',
  input: onboardingInputSchema,
  steps: [validate, reserve, requestDeployment, provision, createAdmin, welcome, activate],
  onFailure: (reason) => (HOPELESS.has(reason) ? 'undo' : 'hold'),
  onStatus: (operation, tenant): StatusEffects => ({
    ...(tenant ? { tenant: tenantStatus(operation, tenant) } : {}),
    writes: mirrored(operation),
  }),
};

function tenantStatus({ status }: OperationRecord, tenant: TenantRecord): TenantChange {
  switch (status) {
    case 'failed':
    case 'compensating':
    case 'compensated':
      return { status: 'failed' };
    case 'succeeded':
      return {};
    default:
      return tenant.status === 'provisioning' ? {} : { status: 'provisioning' };
  }
}

function mirrored(operation: OperationRecord) {
  const { registrationId } = onboardingInputSchema.parse(operation.input);
  // The first status is written with the registration itself.
  return registrationId === undefined || operation.revision === 1
    ? []
    : [mirrorStatus({ registrationId, createdAt: operation.createdAt }, operation)];
}
