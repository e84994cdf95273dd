import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createQueryClient } from '../api-access/query-client';
import { tenantApplicationAddress, tenantFinderAddress } from '../configuration/page-address';
import type { PageConfiguration } from '../configuration/page-configuration';
import { RoutingClientProvider, routingClient } from './routing-client';
import { TenantDoor } from './tenant-door';
import { TenantFinder } from './tenant-finder';
import { tenantNameOf } from './tenant-name';

/** The application of a tenant's users: first which tenant, then who, then its pages. */
export function TenantApplication({ configuration }: { readonly configuration: PageConfiguration }) {
  const routing = useMemo(
    () =>
      routingClient(
        new URL(configuration.tenantRoutingUrl ?? configuration.controlApiUrl, location.href).href,
      ),
    [configuration],
  );
  const queries = useMemo(() => createQueryClient(() => undefined), []);
  const [name, setName] = useState(() => tenantNameOf(location.href, configuration));

  const choose = (next: string | undefined) => {
    const finder = tenantFinderAddress(configuration, location.href);
    if (finder !== undefined) {
      // Each tenant has a host of its own, which browsers keep apart from the others'.
      location.assign(
        next === undefined ? finder : tenantApplicationAddress(configuration, next, location.href),
      );
      return;
    }
    const address = new URL(location.href);
    if (next === undefined) address.searchParams.delete('tenant');
    else address.searchParams.set('tenant', next);
    // The address can be kept as a bookmark, and a reload stays at the tenant.
    history.replaceState(null, '', address);
    setName(next);
  };
  return (
    <RoutingClientProvider value={routing}>
      <QueryClientProvider client={queries}>
        {name === undefined ? (
          <TenantFinder onChosen={choose} />
        ) : (
          <TenantDoor key={name} name={name} onOther={() => choose(undefined)} />
        )}
      </QueryClientProvider>
    </RoutingClientProvider>
  );
}
