import { Browser, type BrowserPage, findChromium } from '@granary/browser';
import type { PageLink } from '../sites/sites';
import type { Credentials } from '../walk/users';
import type { WalkReport } from '../walk/walk-report';

/** What people saw on the released pages, each in a browser of their own. */
export interface PageVisits {
  /** The tenants that the operator reads in the list. */
  readonly operatorReads: readonly string[];
  /** Rows of the products that a tenant's administrator reads. */
  readonly products: number;
  /** What the page says to a neighbour who signs in at a tenant that is not theirs. */
  readonly foreigner: string;
  /** Plans that a buyer may choose from. */
  readonly signUpHeading: string;
  /** Of the pages or the browser. */
  readonly complaints: readonly string[];
}

export interface VisitedSystem {
  readonly report: WalkReport;
  readonly pages: readonly PageLink[];
  /** The engine's URL. */
  readonly endpoint: string;
}

/** @returns undefined where there is no browser */
export async function visitPages(system: VisitedSystem): Promise<PageVisits | undefined> {
  const chromium = findChromium();
  if (chromium === undefined) return undefined;
  const browser = await Browser.launch(chromium);
  try {
    return await visit(browser, system);
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, { report, pages, endpoint }: VisitedSystem): Promise<PageVisits> {
  const complaints: string[] = [];
  const at = async <T>(
    name: string,
    address: string,
    look: (page: BrowserPage) => Promise<T>,
  ): Promise<T> => {
    const url = pages.find(({ page }) => page === name)?.url;
    if (!url) throw new Error(`there is no page "${name}": ${JSON.stringify(pages)}`);
    const { origin, pathname } = new URL(url);
    const page = await browser.page({ origin, apis: [endpoint] });
    try {
      await page.open(`${pathname}${address}`);
      return await look(page);
    } finally {
      complaints.push(...page.complaints());
      await page.close();
    }
  };
  const { tenantId: own, neighbourId: other } = report.isolation ?? {};
  const admin = report.visits.find(({ tenantId }) => tenantId === own);
  if (!own || !other || !admin) throw new Error('no two tenants share a pool');
  return {
    operatorReads: await at('operator console', '', async (page) => {
      await signIn(page, report.operator);
      return texts(
        page,
        report.tenants.map(({ tenantId }) => tenantId),
      );
    }),
    products: await at('tenant application', `?tenant=${own}`, async (page) => {
      await signIn(page, admin);
      const rows = page.page.getByRole('row').filter({ has: page.page.getByRole('rowheader') });
      await rows.first().waitFor();
      return rows.count();
    }),
    foreigner: await at('tenant application', `?tenant=${other}`, async (page) => {
      await signIn(page, admin);
      const said = page.page.getByText(/does not belong to/).first();
      await said.waitFor();
      return (await said.textContent()) ?? '';
    }),
    signUpHeading: await at('sign-up', '', async (page) => {
      const heading = page.page.getByRole('heading', { level: 1 });
      await heading.waitFor();
      return (await heading.textContent()) ?? '';
    }),
    complaints,
  };
}

async function signIn({ page }: BrowserPage, { userName, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail address').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** @returns those of the texts that are there, in the end */
async function texts({ page }: BrowserPage, wanted: readonly string[]): Promise<readonly string[]> {
  for (const text of wanted) await page.getByText(text, { exact: true }).first().waitFor();
  return wanted;
}
