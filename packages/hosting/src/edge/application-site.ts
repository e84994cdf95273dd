import type { Entry } from '../site';
import type { EdgeEvent } from './edge-event';
import { routeRequest } from './route-request';
import { askedTenant, tenantConfigAnswer } from './tenant-config';

declare const ENTRIES: readonly Entry[];
declare const CONTROL_URL: string;
/** CloudFront's module of that name; `get` rejects for a key that is not there. */
declare const cf: {
  /** The store that the function is associated with. */
  kvs(): { get(key: string, options: { readonly format: 'string' }): Promise<string> };
};

/** The function of the tenants' site: it knows where each tenant is. */
export async function handler(event: EdgeEvent) {
  const request = event.request;
  const tenant = askedTenant(request.uri);
  if (tenant === undefined) return routeRequest(request, ENTRIES);
  let stored: string | undefined;
  try {
    stored = await cf.kvs().get(tenant, { format: 'string' });
  } catch {
    stored = undefined;
  }
  return tenantConfigAnswer(tenant, stored, CONTROL_URL);
}
