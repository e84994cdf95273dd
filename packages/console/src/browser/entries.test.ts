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

  it('has its list of pages over the content of a narrow screen, for the keyboard too', async () => {
    const page = await pages.visit(browser(), 'operator', { size: { width: 360, height: 740 } });
    await pages.signIn(page, OPERATOR);
    const toggle = page.page.getByRole('button', { name: 'Pages' });
    const list = page.page.getByRole('navigation', { name: 'Pages' });
    const heading = page.page.getByRole('heading', { level: 1 });
    await heading.filter({ hasText: 'Tenants' }).waitFor();
    expect(await list.isVisible()).toBe(false);
    await toggle.press('Enter');
    await list.waitFor();
    expect(await list.getByRole('link', { name: 'Tenants' }).evaluate((link) => link.matches(':focus'))).toBe(
      true,
    );
    // What is covered cannot be reached.
    expect(await heading.evaluate((covered) => covered.closest('[inert]') !== null)).toBe(true);
    await sound(page);
    await page.page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    expect(await toggle.evaluate((button) => button.matches(':focus'))).toBe(true);
    await toggle.press('Enter');
    await list.getByRole('link', { name: 'Fleet' }).press('Enter');
    await heading.filter({ hasText: 'Fleet' }).waitFor();
    expect(await list.isVisible()).toBe(false);
    await page.close();
  });

  it('keeps its list of pages beside the content of a wide screen until it is closed', async () => {
    const page = await pages.visit(browser(), 'operator', { size: { width: 1280, height: 300 } });
    await pages.signIn(page, OPERATOR);
    const list = page.page.getByRole('navigation', { name: 'Pages' });
    await page.page.getByRole('link', { name: 'umbrella' }).scrollIntoViewIfNeeded();
    expect(await page.page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await list.getByRole('link', { name: 'Fleet' }).click();
    await page.page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    // Another page begins at its top.
    await page.page.locator('main:focus').waitFor();
    expect(await page.page.evaluate(() => scrollY)).toBe(0);
    expect(await list.isVisible()).toBe(true);
    await page.page.getByRole('button', { name: 'Pages' }).click();
    await list.waitFor({ state: 'hidden' });
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
