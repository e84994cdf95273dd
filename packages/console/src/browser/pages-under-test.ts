import { join } from 'node:path';
import {
  type Browser,
  type BrowserPage,
  FakeApi,
  type FakeApiOptions,
  type FakeOperation,
  type FakeUser,
  type PageOptions,
} from '@granary/browser';
import { buildPages, folderFiles, SITES, type SiteName, SiteServer } from '@granary/hosting';
import type { PageConfiguration } from '../configuration/page-configuration';

/** By the entry, where a person opens it. */
const PLACES = {
  operator: { site: 'control', path: '/' },
  tenant: { site: 'application', path: '/' },
  'sign-up': { site: 'application', path: '/sign-up' },
} as const satisfies Readonly<Record<string, { readonly site: SiteName; readonly path: string }>>;
export type PageEntry = keyof typeof PLACES;

export interface VisitOptions extends Pick<PageOptions, 'size' | 'colours'> {
  /** Behind the entry's path: `?tenant=acme#/orders`. @default nothing */
  readonly address?: string;
}

/** Every tenant is served by the one stand-in. */
function tenantAt(apiUrl: string): FakeOperation {
  return ({ params: { tenantName } }) => ({
    ...{ tenantId: tenantName, region: 'us-east-1', apiUrl },
    name: String(tenantName).replace(/^./, (letter) => letter.toUpperCase()),
    ...{ userPoolId: 'us-east-1_Users', userPoolClientId: 'users' },
  });
}

/** The built pages of both sites, with the security headers that they have everywhere, before a stand-in for the APIs. */
export class PagesUnderTest {
  private constructor(
    readonly api: FakeApi,
    private readonly sites: Readonly<Record<SiteName, SiteServer>>,
  ) {}

  static async start(answers: FakeApiOptions): Promise<PagesUnderTest> {
    const folder = await buildPages({ workspace: join(__dirname, '..', '..', '..', '..') });
    const api = await FakeApi.start(answers);
    api.change({ control: { getTenantConfig: tenantAt(api.applicationUrl), ...answers.control } });
    const serve = (name: SiteName) =>
      SiteServer.start({
        site: SITES[name],
        files: folderFiles(folder),
        config: () => pages.configuration(),
        connect: [api.origin],
      });
    const pages = new PagesUnderTest(api, {
      control: await serve('control'),
      application: await serve('application'),
    });
    return pages;
  }

  /** @returns the page, once it has been drawn and asked what it asks at first */
  async visit(browser: Browser, entry: PageEntry, options: VisitOptions = {}): Promise<BrowserPage> {
    const { address = '', ...more } = options;
    const { site, path } = PLACES[entry];
    const page = await browser.page({ origin: this.sites[site].origin, apis: [this.api.origin], ...more });
    await page.open(`${path}${address}`);
    await page.page.getByRole('heading').first().waitFor();
    return page;
  }

  /** Signs in on a page that asks for it. */
  async signIn(
    { page }: BrowserPage,
    { email, password }: Pick<FakeUser, 'email' | 'password'>,
  ): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async close(): Promise<void> {
    await Promise.all([...Object.values(this.sites), this.api].map((each) => each.close()));
  }

  private configuration(): PageConfiguration {
    const application = this.sites.application.origin;
    return {
      application: 'Granary',
      controlApiUrl: this.api.controlUrl,
      operators: { region: 'us-east-1', userPoolId: 'us-east-1_Operators', clientId: 'operators' },
      cognitoEndpoint: `${this.api.origin}/`,
      signIn: 'password',
      tenantApplicationUrl: `${application}/`,
      signUpUrl: `${application}/sign-up`,
    };
  }
}
