import { ONBOARDING_STEPS, type Registration } from '@granary/api';
import { FAILURE_WORDS } from '../workflow/failure-reason';
import type { RegistrationRecord } from './registration-record';

/** What whoever holds the registration's id sees: its progress, and why a step failed, in words. */
export function registrationView(record: RegistrationRecord): Registration {
  const { registrationId, tenantId, tier, status, createdAt, updatedAt } = record;
  const steps = ONBOARDING_STEPS.map((step) => {
    const state = record.steps[step];
    return {
      step,
      status: state.status,
      attempts: state.attempts,
      ...('endedAt' in state ? { endedAt: state.endedAt } : {}),
      ...('reason' in state ? { reason: FAILURE_WORDS[state.reason] } : {}),
    };
  });
  return { registrationId, tenantId, tier, status, steps, createdAt, updatedAt };
}
