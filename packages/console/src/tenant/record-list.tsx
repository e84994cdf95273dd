import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { type ReactNode, useState } from 'react';
import type { PagedList } from '../api-access/paged-list';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';
import { RecordTable, type RecordTableProps } from './record-table';
import { RowActions } from './row-actions';

/** What is open over the list: a form for a new record, or something about one. */
export type Open<Item, What> = { readonly what: 'new' } | { readonly what: What; readonly item: Item };

export interface RecordListProps<Item, What extends string> {
  readonly list: PagedList<Item>;
  readonly words: RecordTableProps<Item>['words'] & { readonly text: string; readonly add: string };
  readonly trackBy: string & keyof Item;
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
  /** What a row is called, for who cannot see which it is. */
  readonly nameOf: (item: Item) => string;
  /** What can be done with a row. */
  readonly actions: (item: Item) => readonly { readonly what: What; readonly text: string }[];
  /** The dialog of what is open. */
  readonly dialog: (open: Open<Item, What>, close: () => void) => ReactNode;
}

/** A page with a list of records: adding one, and what can be done with each, in dialogs over it. */
export function RecordList<Item, What extends string>(props: RecordListProps<Item, What>) {
  const { list, words, trackBy, columns, nameOf, actions, dialog } = props;
  const [open, setOpen] = useState<Open<Item, What>>();
  return (
    <Page
      title={words.title}
      description={words.text}
      actions={
        <Button variant="primary" onClick={() => setOpen({ what: 'new' })}>
          {words.add}
        </Button>
      }
    >
      <RecordTable
        list={list}
        words={words}
        trackBy={trackBy}
        columns={[
          ...columns,
          {
            id: 'actions',
            header: TENANT.actions,
            cell: (item) => (
              <RowActions
                of={nameOf(item)}
                actions={actions(item).map(({ what, text }) => ({
                  text,
                  onClick: () => setOpen({ what, item }),
                }))}
              />
            ),
          },
        ]}
      />
      {open && dialog(open, () => setOpen(undefined))}
    </Page>
  );
}
