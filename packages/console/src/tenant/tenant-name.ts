import { TENANT_ID_PATTERN } from '@granary/api';
import type { PageConfiguration } from '../configuration/page-configuration';

/**
 * The tenant that an address names: by `?tenant=`, or by the host where the configured address of the tenant
 * application has `{tenant}`.
 *
 * @returns what stands there, valid or not; undefined when the address names none
 */
export function tenantNameOf(
  address: string,
  { tenantApplicationUrl }: Pick<PageConfiguration, 'tenantApplicationUrl'>,
): string | undefined {
  const url = new URL(address);
  const asked = url.searchParams.get('tenant')?.trim().toLowerCase();
  if (asked) return asked;
  if (!tenantApplicationUrl?.includes('{tenant}')) return undefined;
  const [before = '', after = ''] = new URL(
    tenantApplicationUrl.replace('{tenant}', PLACE),
    address,
  ).host.split(PLACE);
  const { host } = url;
  const named = host.startsWith(before) && host.endsWith(after) && host.length > before.length + after.length;
  return named ? host.slice(before.length, host.length - after.length) : undefined;
}

/** Stands for the tenant where a URL is taken apart. */
const PLACE = 'tenant-goes-here';

/** Whether some text can be the name of a tenant at all. */
export function isTenantName(text: string): boolean {
  return TENANT_ID_PATTERN.test(text);
}
