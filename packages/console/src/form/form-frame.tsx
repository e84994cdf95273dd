import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../problem/problem-alert';
import { FORM } from '../strings/en/form';
import { useSubmission } from './submission';
import './form-frame.css';

export interface FormFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly submit: string;
  /** Left of the submission. @default nothing */
  readonly aside?: { readonly text: string; readonly onClick: () => void };
  /** Does it; what it throws is shown. Nothing is sent when `ready` is false. */
  readonly onSubmit: () => Promise<void>;
  /** Whether all is filled in. */
  readonly ready: boolean;
  /** The fields, told whether a submission was tried with something missing. */
  readonly children: (tried: boolean) => ReactNode;
}

/** One form that is sent as a whole. */
export function FormFrame({ title, description, submit, aside, onSubmit, ready, children }: FormFrameProps) {
  const { tried, busy, error, send } = useSubmission(ready, onSubmit);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Container
        header={
          <Header variant="h2" description={description}>
            {title}
          </Header>
        }
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {aside && (
                <Button formAction="none" variant="link" onClick={aside.onClick}>
                  {aside.text}
                </Button>
              )}
              <Button variant="primary" loading={busy} loadingText={submit}>
                {submit}
              </Button>
            </SpaceBetween>
          }
        >
          <div className="form-fields">
            {children(tried)}
            {error !== undefined && <ProblemAlert error={error} />}
          </div>
        </Form>
      </Container>
    </form>
  );
}

/** The fault of a field that must not be empty. */
export function missing(tried: boolean, value: string): string {
  return tried && value === '' ? FORM.required : '';
}
