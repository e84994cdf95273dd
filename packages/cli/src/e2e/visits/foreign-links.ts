import type { Credentials } from '../../walk/users';
import { type Page, type ReleasedPages, signIn } from './released-pages';

/** Somebody of a tenant that has a product. */
export interface TenantPerson extends Credentials {
  readonly tenantId: string;
}

/** What a person meets who follows links that are not for them. */
export interface ForeignLinks {
  /** The products that they read where they belong. */
  readonly own: number;
  /** What the page says to who signs in at a tenant that is not theirs. */
  readonly tenant: string;
  /** What the page says to who opens, at their own tenant, the address of a product of another one. */
  readonly product: string;
}

/** Two tenants of one pool, so that the user pool knows both people and one table holds both products. */
export async function followForeignLinks(
  pages: ReleasedPages,
  person: TenantPerson,
  neighbour: TenantPerson,
): Promise<ForeignLinks> {
  const enter = <T>(tenantId: string, address: string, who: Credentials, look: (page: Page) => Promise<T>) =>
    pages.visit('tenant application', `?tenant=${tenantId}${address}`, async (page) => {
      await signIn(page, who);
      return look(page);
    });
  const link = await enter(neighbour.tenantId, '', neighbour, async (page) => {
    const first = page.getByRole('rowheader').getByRole('link').first();
    const href = await first.getAttribute('href');
    await first.click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return href ?? '';
  });
  return {
    own: await enter(person.tenantId, '', person, async (page) => {
      const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
      await rows.first().waitFor();
      return rows.count();
    }),
    tenant: await enter(neighbour.tenantId, '', person, (page) => said(page, /does not belong to/)),
    product: await enter(person.tenantId, link, person, (page) => said(page, /belongs to somebody else/)),
  };
}

async function said(page: Page, text: RegExp): Promise<string> {
  const found = page.getByText(text).first();
  await found.waitFor();
  return (await found.textContent()) ?? '';
}
