import Box from '@cloudscape-design/components/box';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { OperationStep } from '@granary/api';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { instant, seconds, span } from '../format/instant';
import { stateName } from '../status/state-indicator';

const SIGNS: Readonly<Record<OperationStep['status'], StepsProps.Status>> = {
  pending: 'pending',
  running: 'loading',
  waiting: 'in-progress',
  succeeded: 'success',
  skipped: 'not-started',
  failed: 'error',
  undone: 'stopped',
};

/** The steps of an operation in order, with why one failed. */
export function StepList({ steps }: { readonly steps: readonly OperationStep[] }) {
  if (steps.length === 0) return <Box>{OPERATIONS.noSteps}</Box>;
  return (
    <Steps
      ariaLabel={OPERATIONS.steps}
      steps={steps.map(({ step, status, attempts, startedAt, endedAt, reason }) => {
        const took = seconds(startedAt, endedAt);
        const details = [
          ...(startedAt === undefined ? [] : [instant(startedAt)]),
          ...(took === undefined ? [] : [span(took)]),
          ...(attempts > 1 ? [OPERATIONS.attempts(attempts)] : []),
        ].join(', ');
        return {
          status: SIGNS[status],
          statusIconAriaLabel: stateName(status),
          header: `${step}: ${stateName(status)}`,
          details: (
            <>
              {details && <Box color="text-body-secondary">{details}</Box>}
              {reason && <Box color="text-status-error">{reason}</Box>}
            </>
          ),
        };
      })}
    />
  );
}
