import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/**
 * What is kept of the API's answers. The client itself repeats what may be repeated, so nothing is here; and a call
 * without a network fails at once, so that the page can say so.
 *
 * @param onError is told of every error, before the page that asked
 */
export function createQueryClient(onError: (error: unknown) => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: 'always',
        staleTime: 2_000,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
