import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { OperationStep } from '@granary/api';
import { SIGN_UP } from '../strings/en/sign-up';
import { INDICATORS, shownSteps } from './registration-progress';
import './step-list.css';

const { progress: WORDS } = SIGN_UP;

/** The steps in order, each with how it stands and why. */
export function StepList({ steps }: { readonly steps: readonly OperationStep[] }) {
  return (
    <ol className="step-list">
      {shownSteps(steps).map(({ step, status, attempts, reason }) => (
        <li key={step}>
          <span className="step-name">{WORDS.step[step] ?? step}</span>
          <StatusIndicator type={INDICATORS[status]}>{WORDS.status[status]}</StatusIndicator>
          {reason && (
            <span className="step-reason">
              {reason}
              {attempts > 1 && ` (${WORDS.attempts(attempts)})`}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
