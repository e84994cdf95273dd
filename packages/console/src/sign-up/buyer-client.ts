import { BILLING_ROUTES, REGISTRATION_ROUTES } from '@granary/api';
import { createClient } from '@granary/client';
import { createContext, useContext } from 'react';

/** The part of the control plane's API that sells. Not the whole of it: the page stays light. */
export function buyerClient(baseUrl: string) {
  return createClient([...BILLING_ROUTES, ...REGISTRATION_ROUTES], { baseUrl });
}
export type BuyerClient = ReturnType<typeof buyerClient>;

const BuyerContext = createContext<BuyerClient | undefined>(undefined);

export const BuyerClientProvider = BuyerContext.Provider;

/** The API for somebody whom nobody knows yet. */
export function useBuyer(): BuyerClient {
  const client = useContext(BuyerContext);
  if (!client) throw new Error('useBuyer: there is no BuyerClientProvider around it');
  return client;
}
