import { useInfiniteQuery } from '@tanstack/react-query';

interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string | undefined;
}

export interface PagedList<Item> {
  readonly items: readonly Item[];
  /** Nothing has come yet. */
  readonly pending: boolean;
  readonly error: unknown;
  /** Gets the next page. @default what is there is all */
  readonly more?: () => void;
  readonly loadingMore: boolean;
  refresh(): void;
}

/** Rows of one page; each page is a request of the tenant's share. */
const ROWS = 50;

/**
 * A list of an API, a page at a time as it is asked for.
 *
 * @param list calls the API: `(query, signal) => client.listProducts({ query }, { signal })`
 */
export function usePagedList<Item>(
  queryKey: readonly unknown[],
  list: (
    query: { readonly limit: number; readonly nextToken?: string },
    signal: AbortSignal,
  ) => Promise<ListPage<Item>>,
): PagedList<Item> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      list({ limit: ROWS, ...(pageParam === undefined ? {} : { nextToken: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    pending: query.isPending,
    error: query.error,
    ...(query.hasNextPage ? { more: () => void query.fetchNextPage() } : {}),
    loadingMore: query.isFetchingNextPage,
    refresh: () => void query.refetch(),
  };
}
