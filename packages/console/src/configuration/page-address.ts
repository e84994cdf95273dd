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

/** Address of the sign-up page. */
export function signUpAddress(
  { signUpUrl = './sign-up.html' }: Pick<PageConfiguration, 'signUpUrl'>,
  here: string,
): string {
  return new URL(signUpUrl, here).href;
}
