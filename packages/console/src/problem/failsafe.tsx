import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { SHELL } from '../strings/en/shell';

interface State {
  readonly failed: boolean;
}

/** Holds a fault of one page within that page. The browser's console has the error. */
export class Failsafe extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Alert
          type="error"
          header={SHELL.crashed}
          action={<Button onClick={() => location.reload()}>{SHELL.reload}</Button>}
        >
          {SHELL.crashedText}
        </Alert>
      </div>
    );
  }
}
