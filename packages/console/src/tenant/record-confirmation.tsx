import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, type ConfirmDialogProps } from '../form/confirm-dialog';

export interface RecordConfirmationProps
  extends Pick<ConfirmDialogProps, 'title' | 'text' | 'confirm' | 'onClose'> {
  /** First part of the keys of what is read again behind it. */
  readonly changes: string;
  readonly run: () => Promise<unknown>;
}

/** Asks once more, then does something to a record and reads the list again. */
export function RecordConfirmation({ changes, run, onClose, ...words }: RecordConfirmationProps) {
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: run,
    onSuccess: () => queries.invalidateQueries({ queryKey: [changes] }),
  });
  return (
    <ConfirmDialog
      {...words}
      onClose={onClose}
      onConfirm={async () => {
        await act.mutateAsync();
        onClose();
      }}
    />
  );
}
