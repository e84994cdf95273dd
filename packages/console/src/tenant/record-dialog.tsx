import { VersionMismatchError } from '@granary/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Faults } from '../form/checked-draft';
import { FormDialog } from '../form/form-dialog';

/** What the fields of a record's form are given. */
export interface RecordFields<Item, Draft, Field extends string> {
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  /** Of the fields, once a submission was tried. */
  readonly faults: Faults<Field>;
  /** The record as it was read last. @default it is a new one */
  readonly read: Item | undefined;
  /** What the API said to what is still in the fields. @default nothing */
  readonly refusal: Error | null;
}

export interface RecordDialogProps<
  Item extends { readonly version: number },
  Draft,
  Input,
  Field extends string,
> {
  readonly title: string;
  readonly submit: string;
  /** What is changed. @default a new one is made */
  readonly item: Item | undefined;
  /** The fields at first. @param item @default a new one */
  readonly draftOf: (item: Item | undefined) => Draft;
  /** Holds the fields against the API's schema. */
  readonly check: (
    draft: Draft,
    read: Item | undefined,
  ) => { readonly input?: Input; readonly faults: Faults<Field> };
  /** Sends it. @param read the record as it was read last, whose version is the one that is changed */
  readonly save: (input: Input, read: Item | undefined) => Promise<unknown>;
  /** Reads it again, when somebody else has changed it meanwhile. */
  readonly reload: (read: Item) => Promise<Item>;
  /** First part of the keys of what is read again behind it. */
  readonly changes: string;
  readonly onClose: () => void;
  readonly children: (fields: RecordFields<Item, Draft, Field>) => ReactNode;
}

/** Makes a record, or changes one that is still as it was read. */
export function RecordDialog<Item extends { readonly version: number }, Draft, Input, Field extends string>(
  props: RecordDialogProps<Item, Draft, Input, Field>,
) {
  const { title, submit, item, draftOf, check, changes, onClose, children } = props;
  const queries = useQueryClient();
  const [read, setRead] = useState(item);
  const [draft, setDraft] = useState(() => draftOf(item));
  const { input, faults } = check(draft, read);
  const save = useMutation({
    mutationFn: (body: Input) => props.save(body, read),
    onSuccess: () => queries.invalidateQueries({ queryKey: [changes] }),
  });
  const reload = useMutation({
    mutationFn: props.reload,
    onSuccess: (now) => {
      setRead(now);
      setDraft(draftOf(now));
    },
  });
  return (
    <FormDialog
      key={read?.version ?? 0}
      title={title}
      submit={submit}
      ready={input !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        if (input !== undefined) await save.mutateAsync(input);
        onClose();
      }}
      onReload={(error) =>
        read && error instanceof VersionMismatchError ? () => reload.mutate(read) : undefined
      }
    >
      {(tried) =>
        children({
          draft,
          change: (next) => {
            setDraft(next);
            save.reset();
          },
          faults: tried ? faults : ({} as Faults<Field>),
          read,
          refusal: save.error,
        })
      }
    </FormDialog>
  );
}
