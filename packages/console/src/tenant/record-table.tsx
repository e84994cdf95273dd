import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { PagedList } from '../api-access/paged-list';
import { ProblemAlert } from '../problem/problem-alert';
import { TENANT } from '../strings/en/tenant';

export interface RecordTableProps<Item> {
  readonly list: PagedList<Item>;
  readonly words: { readonly title: string; readonly loading: string; readonly none: string };
  readonly trackBy: string & keyof Item;
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
}

/** A list of the API as a table that grows by a page at a time. What was read stays when a later call fails. */
export function RecordTable<Item>({ list, words, trackBy, columns }: RecordTableProps<Item>) {
  const { items, pending, error, more, loadingMore, refresh } = list;
  return (
    <SpaceBetween size="m">
      {error !== null && <ProblemAlert error={error} onRetry={refresh} />}
      {(error === null || items.length > 0) && (
        <Table
          variant="container"
          wrapLines
          loading={pending}
          loadingText={words.loading}
          empty={<Box textAlign="center">{words.none}</Box>}
          ariaLabels={{ tableLabel: words.title }}
          items={items}
          trackBy={trackBy}
          columnDefinitions={columns}
          footer={
            more && (
              <Box textAlign="center">
                <Button loading={loadingMore} onClick={more}>
                  {TENANT.more}
                </Button>
              </Box>
            )
          }
        />
      )}
    </SpaceBetween>
  );
}
