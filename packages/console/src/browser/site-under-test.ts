import { join, resolve } from 'node:path';
import type { Browser, BrowserPage, FakeApi, PageOptions } from '@granary/browser';
import { buildPages, folderFiles, SITES, type SiteName, SiteServer } from '@granary/hosting';

const WORKSPACE = join(__dirname, '..', '..', '..', '..');
/** Phones that are in use. */
const NARROW = { width: 360, height: 740 };
/** Folder that pictures go to. @default none are taken */
const PICTURES = process.env.GRANARY_SCREENSHOTS;

/** The built pages of one site, before stand-in APIs. */
export class SiteUnderTest {
  private constructor(
    private readonly server: SiteServer,
    private readonly api: FakeApi,
  ) {}

  static async serve(site: SiteName, api: FakeApi): Promise<SiteUnderTest> {
    const files = folderFiles(await buildPages({ workspace: WORKSPACE }));
    const config = () => ({
      application: 'Granary',
      controlApiUrl: api.controlUrl,
      operators: { region: 'us-east-1', userPoolId: 'us-east-1_operators', clientId: 'operators' },
      cognitoEndpoint: `${api.origin}/`,
      signIn: 'password',
    });
    const server = await SiteServer.start({ site: SITES[site], files, config, connect: [api.origin] });
    return new SiteUnderTest(server, api);
  }

  async open(browser: Browser, path: string, options: Partial<PageOptions> = {}): Promise<BrowserPage> {
    const page = await browser.page({ origin: this.server.origin, apis: [this.api.origin], ...options });
    await page.open(path);
    return page;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/**
 * What must hold of every page as it stands: nothing keeps anybody out, in light and dark, nothing is cut off on a
 * phone, and the browser complained of nothing.
 *
 * @param picture name of the pictures that are taken when GRANARY_SCREENSHOTS names a folder. @default none
 */
export async function expectGood(page: BrowserPage, picture?: string): Promise<void> {
  const take = async (kind: string) => {
    if (PICTURES && picture)
      await page.screenshot(join(resolve(WORKSPACE, PICTURES), `${picture}${kind}.png`));
  };
  const size = page.page.viewportSize() ?? { width: 1280, height: 800 };
  await take('');
  expect(await page.accessibilityFaults()).toEqual([]);
  await page.page.getByRole('button', { name: 'Dark mode' }).click();
  expect(await page.accessibilityFaults()).toEqual([]);
  await page.page.setViewportSize(NARROW);
  const wide = await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await take('-phone');
  expect(await page.accessibilityFaults()).toEqual([]);
  await page.page.setViewportSize(size);
  await page.page.getByRole('button', { name: 'Dark mode' }).click();
  expect(page.complaints()).toEqual([]);
}
