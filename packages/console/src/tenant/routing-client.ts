import { TENANT_ROUTES } from '@granary/api';
import { createClient } from '@granary/client';
import { createContext, useContext } from 'react';

/** The part of the control plane's API that says where a tenant is. Not the whole of it: the page stays light. */
export function routingClient(baseUrl: string) {
  return createClient(TENANT_ROUTES, { baseUrl });
}
export type RoutingClient = ReturnType<typeof routingClient>;

const RoutingContext = createContext<RoutingClient | undefined>(undefined);

export const RoutingClientProvider = RoutingContext.Provider;

/** The API for somebody who has not signed in yet. */
export function useRouting(): RoutingClient {
  const client = useContext(RoutingContext);
  if (!client) throw new Error('useRouting: there is no RoutingClientProvider around it');
  return client;
}
