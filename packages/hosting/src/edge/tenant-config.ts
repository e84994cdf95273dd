import type { EdgeResponse } from './edge-event';

/** As the control plane lets its own answer be kept. */
const KEPT_SECONDS = 60;
const TENANT_CONFIG = /^\/tenant-config\/([a-z][a-z0-9-]{1,30}[a-z0-9])$/;

/** The tenant whose configuration a path asks for. Undefined: it asks for something else. */
export function askedTenant(uri: string): string | undefined {
  const found = TENANT_CONFIG.exec(uri);
  return found ? found[1] : undefined;
}

/**
 * What the store says of a tenant, or where else to ask: an entry that is not there yet, or no more, is for the control
 * plane to judge.
 *
 * @param stored undefined when the store has no entry
 * @param controlUrl the control plane's API, with a slash at the end
 */
export function tenantConfigAnswer(
  tenant: string,
  stored: string | undefined,
  controlUrl: string,
): EdgeResponse {
  if (stored === undefined)
    return {
      statusCode: 307,
      statusDescription: 'Temporary Redirect',
      headers: {
        location: { value: `${controlUrl}tenant-config/${tenant}` },
        'cache-control': { value: 'no-store' },
      },
    };
  return {
    statusCode: 200,
    statusDescription: 'OK',
    headers: {
      'content-type': { value: 'application/json' },
      'cache-control': { value: `public, max-age=${KEPT_SECONDS}` },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: stored },
  };
}
