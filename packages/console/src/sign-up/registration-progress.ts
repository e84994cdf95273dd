import type { OperationStep, Registration, RegistrationStatus, StepStatus } from '@granary/api';

/** What a buyer is shown of a registration. */
export type Stage = 'awaiting-approval' | 'rejected' | 'working' | 'waiting' | 'failed' | 'undone' | 'ready';

const STAGES: Readonly<Record<RegistrationStatus, Stage>> = {
  'awaiting-approval': 'awaiting-approval',
  rejected: 'rejected',
  pending: 'working',
  running: 'working',
  waiting: 'waiting',
  succeeded: 'ready',
  failed: 'failed',
  compensating: 'undone',
  compensated: 'undone',
};

export function stageOf({ status }: Pick<Registration, 'status'>): Stage {
  return STAGES[status];
}

/** Milliseconds until it is worth asking again; false when nothing will change by itself. */
export function pollAfter(registration: Pick<Registration, 'status'> | undefined): number | false {
  if (!registration) return 2_000;
  switch (registration.status) {
    case 'succeeded':
    case 'rejected':
    case 'compensated':
      return false;
    case 'awaiting-approval':
      return 15_000;
    case 'waiting':
      return 5_000;
    case 'failed':
      // An operator may retry it meanwhile.
      return 10_000;
    default:
      return 2_000;
  }
}

/** The steps that a buyer can make sense of: those that were not left out. */
export function shownSteps(steps: readonly OperationStep[]): readonly OperationStep[] {
  return steps.filter(({ status }) => status !== 'skipped');
}

/** How Cloudscape draws a step. */
export const INDICATORS: Readonly<
  Record<StepStatus, 'pending' | 'in-progress' | 'success' | 'error' | 'stopped'>
> = {
  pending: 'pending',
  running: 'in-progress',
  waiting: 'pending',
  succeeded: 'success',
  skipped: 'stopped',
  failed: 'error',
  undone: 'stopped',
};
