import { createContext, useContext } from 'react';
import type { PageConfiguration } from './page-configuration';

const ConfigurationContext = createContext<PageConfiguration | undefined>(undefined);

export const ConfigurationProvider = ConfigurationContext.Provider;

/** The page's configuration; there before anything is drawn. */
export function useConfiguration(): PageConfiguration {
  const configuration = useContext(ConfigurationContext);
  if (!configuration) throw new Error('useConfiguration: there is no ConfigurationProvider around it');
  return configuration;
}
