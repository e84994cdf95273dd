import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { SHELL } from '../strings/en/shell';
import { problemText } from './problem-text';

export interface ProblemAlertProps {
  readonly error: unknown;
  /** Tries again. @default there is nothing to try */
  readonly onRetry?: (() => void) | undefined;
  /** Shows the button even where the same again is of no use, because it reloads. @default false */
  readonly reloads?: boolean;
}

/** An error in words, with what to do about it. */
export function ProblemAlert({ error, onRetry, reloads = false }: ProblemAlertProps) {
  const { heading, text, detail, requestId, again, waitSeconds } = problemText(error, navigator.onLine);
  const action = onRetry && (again || reloads) && (
    <Button onClick={onRetry}>{reloads ? SHELL.reload : SHELL.tryAgain}</Button>
  );
  return (
    <div role="alert">
      <Alert type="error" header={heading} action={action}>
        {text}
        {detail && <Box variant="p">{detail}</Box>}
        {waitSeconds !== undefined && <Box variant="p">{SHELL.waitSeconds(waitSeconds)}</Box>}
        {requestId && <Box variant="small">{SHELL.requestId(requestId)}</Box>}
      </Alert>
    </div>
  );
}
