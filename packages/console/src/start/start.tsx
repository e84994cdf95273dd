import '@cloudscape-design/global-styles/index.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod';
import { ConfigurationProvider } from '../configuration/configuration-context';
import { fetchConfiguration } from '../configuration/fetch-configuration';
import type { PageConfiguration } from '../configuration/page-configuration';
import { Failsafe } from '../problem/failsafe';
import { startTheme } from '../shell/theme';
import '../shell/colours.css';
import { NotSetUp } from './not-set-up';

/**
 * Starts an entry: reads the configuration, then draws.
 *
 * @param page gives the whole page, once the configuration is there
 */
export async function start(page: (configuration: PageConfiguration) => ReactNode): Promise<void> {
  // Compiled checks need `eval`, which the pages' security policy forbids.
  z.config({ jitless: true });
  startTheme();
  const place = document.getElementById('page');
  if (!place) throw new Error('the document has no element "page"');
  const root = createRoot(place);
  try {
    const configuration = await fetchConfiguration(new URL('./config.json', location.href).href);
    document.title = configuration.application;
    root.render(
      <StrictMode>
        <Failsafe>
          <ConfigurationProvider value={configuration}>{page(configuration)}</ConfigurationProvider>
        </Failsafe>
      </StrictMode>,
    );
  } catch (error) {
    root.render(<NotSetUp reason={(error as Error).message} />);
  }
}
