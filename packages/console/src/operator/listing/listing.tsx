import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem/problem-alert';
import { LISTING } from '../../strings/en/operator/listing';

export interface ListingColumn<Item> {
  readonly id: string;
  readonly header: string;
  /** What is shown. @default the text */
  readonly cell?: (item: Item) => ReactNode;
  /** What is sorted and searched by. @default it is neither */
  readonly text?: (item: Item) => string;
  /** By whose number it is sorted instead. @default its text */
  readonly order?: (item: Item) => number;
}

export interface ListingProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  /** Whose waiting and errors are shown. @default the items are there */
  readonly query?: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  /** There are older ones, which are asked for by a button. @default the items are all */
  readonly more?: { readonly get: () => void; readonly loading: boolean };
  readonly rowId: (item: Item) => string;
  /** The first names the row. */
  readonly columns: readonly ListingColumn<Item>[];
  /** What is said when there is nothing at all. */
  readonly empty: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** More filters, beside the search. @default none */
  readonly filters?: ReactNode;
  /** Whether there is a search. @default true */
  readonly search?: boolean;
  readonly pageSize?: number;
}

/** A table with search, order and pages; of thousands of rows only a page is drawn. */
export function Listing<Item>(props: ListingProps<Item>) {
  const { title, items, query, columns, rowId, more, search = true, pageSize = 25 } = props;
  const found = useCollection(items, {
    filtering: {
      filteringFunction: (item, text) => {
        const part = text.trim().toLowerCase();
        return part === '' || columns.some((column) => column.text?.(item).toLowerCase().includes(part));
      },
      empty: <Nothing text={props.empty} />,
      noMatch: <Nothing text={LISTING.noMatch} />,
    },
    pagination: { pageSize },
    sorting: {},
  });
  const matches = found.filteredItemsCount ?? items.length;
  return (
    <SpaceBetween size="m">
      {query?.error != null && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Table
        {...found.collectionProps}
        variant="container"
        wrapLines
        items={found.items}
        loading={query?.isPending ?? false}
        loadingText={LISTING.loading(title)}
        trackBy={rowId}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant="h2"
            counter={query?.isPending ? '' : `(${items.length.toLocaleString('en')}${more ? '+' : ''})`}
            description={props.description}
            actions={
              props.actions && (
                <SpaceBetween direction="horizontal" size="xs">
                  {props.actions}
                </SpaceBetween>
              )
            }
          >
            {title}
          </Header>
        }
        filter={
          (search || props.filters) && (
            <SpaceBetween size="s">
              {search && (
                <TextFilter
                  {...found.filterProps}
                  filteringAriaLabel={LISTING.searchIn(title)}
                  filteringPlaceholder={LISTING.search}
                  countText={LISTING.matches(matches)}
                />
              )}
              {props.filters}
            </SpaceBetween>
          )
        }
        footer={
          more && (
            <Box textAlign="center">
              <Button loading={more.loading} onClick={more.get} ariaLabel={LISTING.olderOf(title)}>
                {LISTING.older}
              </Button>
            </Box>
          )
        }
        pagination={matches > pageSize ? <Pagination {...found.paginationProps} /> : undefined}
        columnDefinitions={columns.map(({ id, header, cell, text, order }, index) => ({
          id,
          header,
          cell: (item: Item) => cell?.(item) ?? text?.(item) ?? null,
          isRowHeader: index === 0,
          ...(text || order ? { sortingComparator: comparator({ text, order }) } : {}),
        }))}
      />
    </SpaceBetween>
  );
}

function comparator<Item>({
  text,
  order,
}: {
  readonly text: ((item: Item) => string) | undefined;
  readonly order: ((item: Item) => number) | undefined;
}) {
  return (left: Item, right: Item): number => {
    if (order) return order(left) - order(right);
    const [a, b] = [text?.(left) ?? '', text?.(right) ?? ''];
    return a < b ? -1 : a > b ? 1 : 0;
  };
}

function Nothing({ text }: { readonly text: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" padding="s">
      {text}
    </Box>
  );
}
