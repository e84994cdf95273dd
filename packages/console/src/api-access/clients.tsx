import type { ApplicationClient, ControlClient } from '@granary/client';
import { createContext, useContext } from 'react';

const ControlContext = createContext<ControlClient | undefined>(undefined);
const ApplicationContext = createContext<ApplicationClient | undefined>(undefined);

export const ControlClientProvider = ControlContext.Provider;
export const ApplicationClientProvider = ApplicationContext.Provider;

/** The control plane's API, in the name of who signed in. */
export function useControl(): ControlClient {
  const client = useContext(ControlContext);
  if (!client) throw new Error('useControl: there is no ControlClientProvider around it');
  return client;
}

/** The API of the tenant's deployment, in the name of who signed in. */
export function useApplication(): ApplicationClient {
  const client = useContext(ApplicationContext);
  if (!client) throw new Error('useApplication: there is no ApplicationClientProvider around it');
  return client;
}
