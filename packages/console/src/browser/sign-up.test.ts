import { type BrowserPage, browserSuite, FakeApi } from '@granary/browser';
import { FakeRegistrations } from './fake-registrations';
import { expectGood, SiteUnderTest } from './site-under-test';

jest.setTimeout(90_000);

let api: FakeApi;
let pages: SiteUnderTest;
let registrations: FakeRegistrations;

browserSuite('the sign-up page', (browser) => {
  let opened: BrowserPage;
  /** Calls of the tests before. */
  let before: number;
  beforeAll(async () => {
    api = await FakeApi.start({});
    pages = await SiteUnderTest.serve('application', api);
  });
  beforeEach(async () => {
    registrations = new FakeRegistrations();
    before = api.calls.length;
    api.change({ control: registrations.operations });
    opened = await pages.open(browser(), '/sign-up');
  });
  afterEach(async () => {
    expect(opened.complaints()).toEqual([]);
    await opened.close();
  });
  afterAll(async () => {
    await pages?.close();
    await api?.close();
    expect(api?.faults).toEqual([]);
  });

  const fill = async (plan: string, name: string, email: string) => {
    const { page } = opened;
    await page.getByRole('radio', { name: new RegExp(plan) }).check();
    await page.getByLabel('Name of your organization').fill(name);
    await page.getByLabel('Your e-mail address').fill(email);
    await page.getByRole('button', { name: 'Sign up' }).click();
  };

  it('shows the plans with their limits and prices, to everybody', async () => {
    const { page } = opened;
    await page.getByText('$29 a month and $0.03 for 1,000 requests').waitFor();
    await page.getByText('3,000 requests a day, 50 a second, 50 at once').waitFor();
    await page.getByText('Needs approval').waitFor();
    await expectGood(opened, 'sign-up');
  });

  it('names every field that is wrong before anything is sent', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText('Write a name of at most 120 characters').waitFor();
    await page.getByText('Write an e-mail address').waitFor();
    expect(api.calls.slice(before).map(({ operation }) => operation)).not.toContain('createRegistration');
    await expectGood(opened);
  });

  it('follows the registration until the application is ready, also after a reload', async () => {
    const { page } = opened;
    await fill('Basic', 'Acme Ltd.', 'ann@acme.example');
    await page.getByRole('heading', { name: 'Setting up acme-ltd' }).waitFor();
    await page.reload();
    await page.getByText('Give it a key and limits').waitFor();
    const link = page.getByRole('link', { name: 'Open the application' });
    await link.waitFor({ timeout: 60_000 });
    expect(await link.getAttribute('href')).toContain('/tenant.html?tenant=acme-ltd');
    expect(await page.getByText('Ask for a deployment').count()).toBe(0);
    expect(page.url()).not.toContain('registration-');
    expect(await opened.kept()).toEqual([]);
    await expectGood(opened, 'sign-up-ready');
  });

  it('says that a short name is taken, at its field', async () => {
    const { page } = opened;
    await fill('Basic', 'Globex', 'hank@globex.example');
    await page.getByText('This short name is taken').waitFor();
    await page.getByLabel('Short name').fill('globex-2');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('heading', { name: 'Setting up globex-2' }).waitFor();
  });

  it('tells why a step failed, and lets it go on', async () => {
    const { page } = opened;
    registrations.fails = 'validate';
    await fill('Basic', 'Acme', 'ann@acme.example');
    await page.getByText('the deployment was too busy; try again later (6 attempts)').waitFor();
    await expectGood(opened, 'sign-up-failed');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Being set up').waitFor();
  });

  it('has a dedicated plan wait for approval, and tells why it was turned down', async () => {
    const { page } = opened;
    await fill('Platinum', 'Acme', 'ann@acme.example');
    await page.getByText('Waiting for approval').waitFor();
    await expectGood(opened, 'sign-up-approval');
    registrations.decision = 'rejected';
    await page.reload();
    await page.getByText('no room for another this year').waitFor();
    await page.getByRole('button', { name: 'Sign up again' }).click();
    await page.getByLabel('Name of your organization').waitFor();
  });
});
