import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';

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

export interface PagedListOptions<Item> {
  /** Rows of one page; each page is a request. @default 50 */
  readonly rows?: number;
  /**
   * Milliseconds until what was read is asked for again, by the rows. Each further page makes it that much longer, so
   * that a long list does not ask more often than a short one. @default never
   */
  readonly again?: (items: readonly Item[]) => number;
  /** @default true */
  readonly enabled?: boolean;
}

/**
 * A list of an API, a page at a time as it is asked for.
 *
 * @param list calls the API: `(query, signal) => client.listProducts({ query }, { signal })`. A page of a filtered list
 *   may be empty before its end: the next one is read at once.
 */
export function usePagedList<Item>(
  queryKey: readonly unknown[],
  list: (
    query: { readonly limit: number; readonly nextToken?: string },
    signal: AbortSignal,
  ) => Promise<ListPage<Item>>,
  { rows = 50, again, enabled = true }: PagedListOptions<Item> = {},
): PagedList<Item> {
  const query = useInfiniteQuery<
    ListPage<Item>,
    Error,
    InfiniteData<ListPage<Item>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey,
    enabled,
    queryFn: async ({ pageParam, signal }) => {
      for (let nextToken = pageParam; ; ) {
        const page = await list({ limit: rows, ...(nextToken === undefined ? {} : { nextToken }) }, signal);
        if (page.items.length > 0 || page.nextToken === undefined) return page;
        nextToken = page.nextToken;
      }
    },
    initialPageParam: undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
    ...(again
      ? {
          refetchInterval: ({ state: { data } }) =>
            again(data?.pages.flatMap(({ items }) => items) ?? []) * (data?.pages.length ?? 1),
        }
      : {}),
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
