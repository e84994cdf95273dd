import type { WalkReport } from '../../walk/walk-report';
import { type BuyersJourney, buy, type Purchase } from './buyer';
import { type ForeignLinks, followForeignLinks } from './foreign-links';
import { type Page, ReleasedPages, type ReleasedSites, signIn } from './released-pages';

/** What people saw on the released pages, each in a browser of their own. */
export interface PageVisits {
  /** The tenants that the operator reads in the list. */
  readonly operatorReads: readonly string[];
  readonly foreign: ForeignLinks;
  readonly buyer: BuyersJourney;
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
    const buyer = await buy(pages, {
      plan: 'standard',
      organization: 'Clover Farms',
      email: 'ann@clover-farms.example.com',
      mailTo,
    });
    return { operatorReads, foreign, buyer, complaints: pages.complaints() };
  } finally {
    await pages.close();
  }
}

/** @returns those of the texts that are there, in the end */
async function texts(page: Page, wanted: readonly string[]): Promise<readonly string[]> {
  for (const text of wanted) await page.getByText(text, { exact: true }).first().waitFor();
  return wanted;
}
