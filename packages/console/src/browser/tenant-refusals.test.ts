import { ForbiddenProblem, NotFoundProblem, TooManyRequestsProblem } from '@granary/api';
import { browserSuite } from '@granary/browser';
import { PagesUnderTest } from './pages-under-test';
import { LAURA, samplePlatform } from './sample-platform';

jest.setTimeout(180_000);

class QuotaProblem extends TooManyRequestsProblem {
  override readonly headers = { 'Retry-After': '3600' };
}
let pages: PagesUnderTest;

browserSuite('a tenant’s user who is refused', (browser) => {
  beforeEach(async () => {
    pages = await PagesUnderTest.start(samplePlatform());
  }, 180_000);
  afterEach(() => pages?.close());

  const visit = async (tenant: string, place = '') => {
    const page = await pages.visit(browser(), 'tenant', { address: `?tenant=${tenant}${place}` });
    await pages.signIn(page, LAURA);
    return page;
  };

  it('reads that today’s requests are used up, and until when', async () => {
    pages.api.change({
      application: {
        listProducts: () => {
          throw new QuotaProblem(
            'the requests of today are used up; the next ones are served from 00:00 UTC',
          );
        },
      },
    });
    const page = await visit('larkspur');
    const said = page.page
      .getByRole('alert')
      .filter({ hasText: /used up|requests/i })
      .first();
    await said.waitFor();
    expect(await page.accessibilityFaults()).toEqual([]);
    expect(page.complaints()).toEqual([]);
    await page.close();
  });

  it('is not let into the application of another tenant by a link', async () => {
    const page = await visit('sorrel', '#/orders');
    await page.page
      .getByText(/does not belong to Sorrel/)
      .first()
      .waitFor();
    expect(pages.api.calls.map(({ operation }) => operation)).not.toContain('listOrders');
    expect(await page.accessibilityFaults()).toEqual([]);
    await page.close();
  });

  it.each([
    ['what is not there', () => new NotFoundProblem('there is no product "x"')],
    ['what the role does not allow', () => new ForbiddenProblem('your role does not allow this')],
  ])('reads why, and can go on: %s', async (_, problem) => {
    pages.api.change({
      application: {
        listProducts: () => {
          throw problem();
        },
      },
    });
    const page = await visit('larkspur');
    await page.page.getByRole('alert').first().waitFor();
    await page.page.getByRole('link', { name: 'Orders' }).first().click();
    await page.page.getByText('Bakery Lindt, November').first().waitFor();
    expect(page.complaints()).toEqual([]);
    await page.close();
  });
});
