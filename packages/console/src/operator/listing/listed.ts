import type { PagedList } from '../../api-access/paged-list';
import type { ListingProps } from './listing';

/** A list that is read a page at a time, for a `<Listing>`: what was read, and the way to more. */
export function listed<Item>(list: PagedList<Item>): Pick<ListingProps<Item>, 'items' | 'query' | 'more'> {
  const { items, pending, error, refresh, more, loadingMore } = list;
  return {
    items,
    query: { isPending: pending, error, refetch: refresh },
    ...(more ? { more: { get: more, loading: loadingMore } } : {}),
  };
}
