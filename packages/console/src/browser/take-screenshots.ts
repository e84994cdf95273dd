import { join } from 'node:path';
import { Browser, type BrowserPage, findChromium, NO_CHROMIUM } from '@granary/browser';
import { type PageEntry, PagesUnderTest, type VisitOptions } from './pages-under-test';
import { HALTED_RUN } from './sample-fleet';
import { LAURA, OPERATOR, samplePlatform } from './sample-platform';

interface Shot extends VisitOptions {
  /** Of the file, without its extension. */
  readonly name: string;
  readonly entry: PageEntry;
  /** Who signs in. @default nobody */
  readonly as?: typeof OPERATOR;
  /** A text that is there once the page is. */
  readonly shows: string;
}

const FOLDER = join(__dirname, '..', '..', '..', '..', 'docs', 'screenshots');
const SIZE = { width: 1120, height: 700 };
const NARROW = { width: 360, height: 740 };

const SHOTS: readonly Shot[] = [
  { name: 'operator-sign-in', entry: 'operator', shows: 'E-mail address' },
  operator('operator-tenants', '#/tenants', 'larkspur'),
  operator('operator-releases', '#/releases', 'halted'),
  operator('operator-release-halted', `#/releases/${HALTED_RUN}`, 'pool-eu'),
  operator('operator-fleet', '#/fleet', 'umbrella'),
  { name: 'sign-up', entry: 'sign-up', shows: 'Organization' },
  { name: 'tenant-finder', entry: 'tenant', shows: 'Name of the organization' },
  tenant('tenant-products', '#/products', 'Rolled oats'),
  tenant('tenant-orders', '#/orders', 'Bakery Lindt, November'),
  tenant('tenant-usage', '#/usage', '6,420'),
  { ...tenant('tenant-products-dark', '#/products', 'Rolled oats'), colours: 'dark' },
  { ...tenant('tenant-products-narrow', '#/products', 'Rolled oats'), size: NARROW },
];

function operator(name: string, address: string, shows: string): Shot {
  return { name, entry: 'operator', as: OPERATOR, address, shows, size: { width: 1360, height: 760 } };
}

function tenant(name: string, place: string, shows: string): Shot {
  return { name, entry: 'tenant', as: LAURA, address: `?tenant=larkspur${place}`, shows };
}

/** Takes a picture of each page before a platform of samples, into `docs/screenshots`. */
async function main(): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error(NO_CHROMIUM);
  const pages = await PagesUnderTest.start(samplePlatform());
  try {
    const browser = await Browser.launch(chromium);
    try {
      for (const shot of SHOTS) await take(browser, pages, shot);
    } finally {
      await browser.close();
    }
  } finally {
    await pages.close();
  }
}

async function take(browser: Browser, pages: PagesUnderTest, shot: Shot): Promise<void> {
  const { name, entry, as, shows, ...visit } = shot;
  const page = await pages.visit(browser, entry, { size: SIZE, ...visit });
  if (as) await pages.signIn(page, as);
  await page.page.getByText(shows).first().waitFor();
  refuse(page, pages, name);
  await page.screenshot(join(FOLDER, `${name}.png`));
  process.stdout.write(`docs/screenshots/${name}.png\n`);
  await page.close();
}

/** A picture of a page that complains is of no page. */
function refuse(page: BrowserPage, { api }: PagesUnderTest, name: string): void {
  const unanswered = [...api.unanswered].map((operation) => `no sample answers "${operation}"`);
  const [first] = [...page.complaints(), ...api.faults, ...unanswered];
  if (first !== undefined) throw new Error(`${name}: ${first}`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
