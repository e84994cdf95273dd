import { type BrowserPage, browserSuite } from '@granary/browser';
import { type PageEntry, PagesUnderTest } from './pages-under-test';
import { OPERATOR, samplePlatform } from './sample-platform';

jest.setTimeout(180_000);

let pages: PagesUnderTest;

browserSuite('every entry', (browser) => {
  beforeAll(async () => {
    pages = await PagesUnderTest.start(samplePlatform());
  }, 180_000);
  afterAll(() => pages?.close());

  const sound = async (page: BrowserPage) => {
    expect(page.complaints()).toEqual([]);
    expect(await page.accessibilityFaults()).toEqual([]);
    expect(await page.kept()).toEqual([]);
    expect(pages.api.faults).toEqual([]);
  };

  it.each(['operator', 'tenant', 'sign-up'] as const satisfies readonly PageEntry[])(
    'runs under its security policy, can be read by everybody, and keeps nothing: %s',
    async (entry) => {
      for (const colours of ['light', 'dark'] as const) {
        const page = await pages.visit(browser(), entry, { colours });
        await sound(page);
        await page.close();
      }
    },
  );

  it.each(['operator', 'tenant', 'sign-up'] as const satisfies readonly PageEntry[])(
    'fits a screen of 360 pixels: %s',
    async (entry) => {
      const page = await pages.visit(browser(), entry, { size: { width: 360, height: 740 } });
      const wide = await page.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(360);
      await page.close();
    },
  );

  it('lets an operator in, by password, and leaves no token behind', async () => {
    const page = await pages.visit(browser(), 'operator');
    await pages.signIn(page, OPERATOR);
    await page.page.getByRole('heading', { name: 'Tenants' }).first().waitFor();
    expect(page.page.url()).not.toMatch(/token|eyJ/);
    await sound(page);
    await page.close();
  });

  it('says to a person with a wrong password that it is wrong', async () => {
    const page = await pages.visit(browser(), 'operator');
    await pages.signIn(page, { ...OPERATOR, password: 'Wrong-horse-1' });
    await page.page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .first()
      .waitFor();
    await sound(page);
    await page.close();
  });
});
