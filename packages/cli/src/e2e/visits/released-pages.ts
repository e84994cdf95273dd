import { Browser, type BrowserPage, findChromium } from '@granary/browser';
import type { PageLink } from '../../sites/sites';
import type { Credentials } from '../../walk/users';

/** What a person has before them. */
export type Page = BrowserPage['page'];

/** Pages by their names, and the URL of the engine that serves their APIs. */
export interface ReleasedSites {
  readonly pages: readonly PageLink[];
  readonly endpoint: string;
}

/** A real browser at the released pages. Each visit has a profile of its own. */
export class ReleasedPages {
  private readonly found: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly sites: ReleasedSites,
  ) {}

  /** @returns undefined where there is no browser */
  static async open(sites: ReleasedSites): Promise<ReleasedPages | undefined> {
    const chromium = findChromium();
    return chromium === undefined ? undefined : new ReleasedPages(await Browser.launch(chromium), sites);
  }

  /**
   * Opens a page, and closes it once it has been looked at.
   *
   * @param name as the start lists it
   * @param address behind the page's: `?tenant=acme#/orders`
   */
  async visit<T>(name: string, address: string, look: (page: Page) => Promise<T>): Promise<T> {
    const { pages, endpoint } = this.sites;
    const url = pages.find(({ page }) => page === name)?.url;
    if (!url) throw new Error(`there is no page "${name}": ${JSON.stringify(pages)}`);
    const { origin, pathname } = new URL(url);
    const page = await this.browser.page({ origin, apis: [endpoint] });
    try {
      await page.open(`${pathname}${address}`);
      return await look(page.page).catch(async (error: Error) => {
        throw new Error(
          `${error.message}\nthe page "${name}" at ${page.page.url()} reads:\n${await reading(page.page)}`,
        );
      });
    } finally {
      this.found.push(...page.complaints());
      await page.close();
    }
  }

  /** Of all pages that were visited, or of the browser. */
  complaints(): readonly string[] {
    return this.found;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** Fills the page's form for signing in. */
export async function signIn(page: Page, { userName, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail address').fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What stands in the page now, for whoever wants to know why it is not what was expected. */
async function reading(page: Page): Promise<string> {
  const text = await page
    .locator('body')
    .textContent({ timeout: 5_000 })
    .catch(() => null);
  return text ?? 'nothing';
}
