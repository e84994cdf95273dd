import { FormDialog } from './form-dialog';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What happens, and whether it can be undone. */
  readonly text: string;
  readonly confirm: string;
  readonly onClose: () => void;
  /** Does it; what it throws is shown. The dialog stays until `onClose` is called. */
  readonly onConfirm: () => Promise<void>;
}

/** Asks once more before something is done that is not taken back easily. */
export function ConfirmDialog({ title, text, confirm, onClose, onConfirm }: ConfirmDialogProps) {
  return (
    <FormDialog title={title} submit={confirm} onClose={onClose} onSubmit={onConfirm}>
      {() => <p>{text}</p>}
    </FormDialog>
  );
}
