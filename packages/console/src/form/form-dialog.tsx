import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useId } from 'react';
import { ProblemAlert } from '../problem/problem-alert';
import { SHELL } from '../strings/en/shell';
import { useSubmission } from './submission';
import './form-frame.css';

export interface FormDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly onClose: () => void;
  /** Does it; what it throws is shown. The dialog stays until `onClose` is called. */
  readonly onSubmit: () => Promise<void>;
  /** Whether all is filled in; nothing is sent before. @default true */
  readonly ready?: boolean;
  /** Loads what the form shows again, where an error asks for it. @default there is no such */
  readonly onReload?: ((error: unknown) => (() => void) | undefined) | undefined;
  /** The fields, told whether a submission was tried with something missing. */
  readonly children: (tried: boolean) => ReactNode;
}

/** A form over the page; Escape closes it, and the focus goes back to where it was. */
export function FormDialog({
  title,
  submit,
  onClose,
  onSubmit,
  ready = true,
  onReload,
  children,
}: FormDialogProps) {
  const id = useId();
  const { tried, busy, error, send } = useSubmission(ready, onSubmit);
  const reload = error === undefined ? undefined : onReload?.(error);
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={SHELL.close}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {SHELL.cancel}
            </Button>
            <Button variant="primary" form={id} loading={busy} loadingText={submit}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="form-fields">
          {children(tried)}
          {error !== undefined && (
            <ProblemAlert error={error} onRetry={reload} reloads={reload !== undefined} />
          )}
        </div>
      </form>
    </Modal>
  );
}
