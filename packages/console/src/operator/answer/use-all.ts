import type { ControlClient } from '@granary/client';
import { eachItem } from '@granary/client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useControl } from '../../api-access/clients';

type List<Item> = (
  control: ControlClient,
) => (
  input: { readonly query?: { readonly nextToken?: string; readonly limit?: unknown } },
  options?: { readonly signal?: AbortSignal },
) => Promise<{ readonly items: readonly Item[]; readonly nextToken?: string | undefined }>;

/** A list as a whole, page after page. `loaded` counts while the first pages come. */
export function useAll<Item>(
  key: readonly [string, ...unknown[]],
  list: List<Item>,
  againMs?: number,
): UseQueryResult<readonly Item[]> & { readonly loaded: number } {
  const control = useControl();
  const [loaded, setLoaded] = useState(0);
  const query = useQuery<readonly Item[]>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const items: Item[] = [];
      for await (const item of eachItem(list(control) as never, {}, { signal })) {
        items.push(item as Item);
        if (items.length % 500 === 0) setLoaded(items.length);
      }
      return items;
    },
    ...(againMs === undefined ? {} : { refetchInterval: againMs }),
  });
  return Object.assign({ ...query }, { loaded });
}
