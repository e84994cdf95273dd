import { controlClient } from '@granary/client';
import { randomPassword } from '../../walk/password';
import type { WalkReport } from '../../walk/walk-report';
import { type BuyersJourney, buy, type Purchase } from './buyer';
import { type ForeignLinks, followForeignLinks } from './foreign-links';
import { type Page, ReleasedPages, type ReleasedSites, signIn } from './released-pages';
import { type SecondFactor, signInWithCode } from './second-factor';

/** What people saw on the released pages, each in a browser of their own. */
export interface PageVisits {
  /** The tenants that the operator reads in the list. */
  readonly operatorReads: readonly string[];
  readonly foreign: ForeignLinks;
  readonly buyer: BuyersJourney;
  /** The buyer's, later. */
  readonly secondFactor: SecondFactor;
  /** Of the pages or the browser. */
  readonly complaints: readonly string[];
}

export interface VisitedSystem extends ReleasedSites, Pick<Purchase, 'mailTo'> {
  readonly report: WalkReport;
}

/** @returns undefined where there is no browser */
export async function visitPages({
  report,
  mailTo,
  ...sites
}: VisitedSystem): Promise<PageVisits | undefined> {
  const pages = await ReleasedPages.open(sites);
  if (!pages) return undefined;
  try {
    const tenants = report.tenants.map(({ tenantId }) => tenantId);
    const operatorReads = await pages.visit('operator console', '', async (page) => {
      await signIn(page, report.operator);
      return texts(page, tenants);
    });
    const { tenantId, neighbourId } = report.isolation ?? {};
    const of = (id: string | undefined) => report.visits.find((visit) => visit.tenantId === id);
    const [own, neighbour] = [of(tenantId), of(neighbourId)];
    if (!own || !neighbour) throw new Error('no two tenants share a pool');
    const foreign = await followForeignLinks(pages, own, neighbour);
    const [email, password] = ['ann@clover-farms.example.com', randomPassword()];
    const purchase = { plan: 'standard', organization: 'Clover Farms', email, password, mailTo };
    const buyer = await buy(pages, purchase);
    const bought = await controlClient({ baseUrl: report.controlPlaneUrl }).getTenantConfig({
      params: { tenantName: 'clover-farms' },
    });
    const { endpoint } = sites;
    const secondFactor = await signInWithCode(pages, { ...bought, endpoint, userName: email, password });
    return { operatorReads, foreign, buyer, secondFactor, complaints: pages.complaints() };
  } finally {
    await pages.close();
  }
}

/** @returns those of the texts that are there, in the end */
async function texts(page: Page, wanted: readonly string[]): Promise<readonly string[]> {
  for (const text of wanted) await page.getByText(text, { exact: true }).first().waitFor();
  return wanted;
}
