import type { PageConfiguration } from './page-configuration';

/**
 * Address of a tenant's application.
 *
 * @param here address of the page that asks
 */
export function tenantApplicationAddress(
  { tenantApplicationUrl = './tenant.html' }: Pick<PageConfiguration, 'tenantApplicationUrl'>,
  tenantId: string,
  here: string,
): string {
  if (tenantApplicationUrl.includes('{tenant}'))
    return new URL(tenantApplicationUrl.replaceAll('{tenant}', tenantId), here).href;
  const url = new URL(tenantApplicationUrl, here);
  url.searchParams.set('tenant', tenantId);
  return url.href;
}

/**
 * Where a tenant is asked for.
 *
 * @returns undefined when every tenant's application is at one host: the page asks itself
 */
export function tenantFinderAddress(
  { tenantApplicationUrl }: Pick<PageConfiguration, 'tenantApplicationUrl'>,
  here: string,
): string | undefined {
  if (!tenantApplicationUrl?.includes('{tenant}.')) return undefined;
  return new URL(tenantApplicationUrl.replace('{tenant}.', ''), here).href;
}

/** Address of the sign-up page. */
export function signUpAddress(
  { signUpUrl = './sign-up.html' }: Pick<PageConfiguration, 'signUpUrl'>,
  here: string,
): string {
  return new URL(signUpUrl, here).href;
}
