import { ONBOARDING_STEPS, type OnboardingStep } from '@granary/api';
import type { FailureReason } from '../workflow/failure-reason';
import type { RegistrationRecord, StepState } from './registration-record';

export function stepStarted(
  record: RegistrationRecord,
  step: OnboardingStep,
  at: string,
): RegistrationRecord {
  const attempts = record.steps[step].attempts + 1;
  return { ...withStep(record, step, { status: 'running', attempts }, at), status: 'running' };
}

/** The last step's success is the registration's. */
export function stepSucceeded(
  record: RegistrationRecord,
  step: OnboardingStep,
  at: string,
): RegistrationRecord {
  const attempts = Math.max(1, record.steps[step].attempts);
  const next = withStep(record, step, { status: 'succeeded', attempts, endedAt: at }, at);
  return step === ONBOARDING_STEPS.at(-1) ? { ...next, status: 'succeeded' } : next;
}

export function stepFailed(
  record: RegistrationRecord,
  step: OnboardingStep,
  reason: FailureReason,
  at: string,
): RegistrationRecord {
  const { attempts } = record.steps[step];
  return withStep(record, step, { status: 'failed', attempts, reason, endedAt: at }, at);
}

/**
 * The registration has ended without success. The step at fault keeps the reason it has; without one it takes
 * `reason`.
 */
export function registrationFailed(
  record: RegistrationRecord,
  reason: FailureReason,
  at: string,
  failedStep: OnboardingStep | undefined = firstUnfinished(record),
): RegistrationRecord {
  const state = failedStep && record.steps[failedStep];
  const next =
    failedStep && state && (state.status === 'running' || state.status === 'pending')
      ? stepFailed(record, failedStep, reason, at)
      : record;
  return { ...next, status: 'failed', updatedAt: at };
}

function firstUnfinished(record: RegistrationRecord): OnboardingStep | undefined {
  return ONBOARDING_STEPS.find((step) => record.steps[step].status !== 'succeeded');
}

function withStep(
  record: RegistrationRecord,
  step: OnboardingStep,
  state: StepState,
  at: string,
): RegistrationRecord {
  return { ...record, steps: { ...record.steps, [step]: state }, updatedAt: at };
}
