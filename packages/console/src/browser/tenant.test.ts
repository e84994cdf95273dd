import { ForbiddenProblem, NotFoundProblem, UnauthenticatedProblem } from '@granary/api';
import { type BrowserPage, browserSuite, FakeApi } from '@granary/browser';
import { FakeShop } from './fake-shop';
import { FakeUserPool } from './fake-user-pool';
import { expectGood, SiteUnderTest } from './site-under-test';

jest.setTimeout(90_000);

const PASSWORD = 'Correct-Horse-7';
const PRODUCT = { sku: 'b-1', name: 'Barley', category: 'grain', price: 1.5 };
const person = (role: string, tenantId: string) => ({ password: PASSWORD, temporary: false, role, tenantId });

let api: FakeApi;
let pages: SiteUnderTest;
let shop: FakeShop;
let pool: FakeUserPool;

browserSuite('the tenant application', (browser) => {
  let opened: BrowserPage;
  beforeAll(async () => {
    api = await FakeApi.start({});
    pages = await SiteUnderTest.serve('application', api);
  });
  beforeEach(() => {
    shop = new FakeShop();
    pool = new FakeUserPool({
      'new@acme.example': { ...person('TenantAdmin', 'acme'), password: 'Temporary-1', temporary: true },
      'ann@acme.example': person('TenantAdmin', 'acme'),
      'bob@acme.example': person('TenantUser', 'acme'),
      'mfa@acme.example': { ...person('TenantUser', 'acme'), code: '123456' },
      'eve@globex.example': person('TenantAdmin', 'globex'),
    });
    api.change({
      control: {
        getTenantConfig: ({ params: { tenantName } }) => {
          if (tenantName !== 'acme') throw new NotFoundProblem('there is no such tenant');
          const userPool = { userPoolId: 'us-east-1_tenants', userPoolClientId: 'tenants' };
          return {
            tenantId: 'acme',
            name: 'Acme',
            region: 'us-east-1',
            apiUrl: api.applicationUrl,
            ...userPool,
          };
        },
      },
      application: shop.operations,
      userPool: pool.answer,
    });
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

  const open = async (path: string) => {
    opened = await pages.open(browser(), path);
    return opened.page;
  };
  const signIn = async (email: string, path = '/?tenant=acme', password = PASSWORD) => {
    const page = await open(path);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    return page;
  };

  it('asks which organization, and says when there is none of that name', async () => {
    const page = await open('/');
    await page.getByLabel('Short name of the organization').fill('nobody');
    await expectGood(opened, 'tenant-finder');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('There is no organization “nobody”').waitFor();
    await expectGood(opened);
    await page.getByRole('button', { name: 'Another organization' }).click();
    await page.getByLabel('Short name of the organization').fill('acme');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Acme' }).waitFor();
    await expectGood(opened, 'tenant-sign-in');
  });

  it('has an invited person choose a password, add a product and order it', async () => {
    const page = await signIn('new@acme.example', '/?tenant=acme', 'Temporary-1');
    await page.getByLabel('New password', { exact: true }).fill('short');
    await page.getByLabel('New password again').fill('short');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByText('Choose another password').waitFor();
    await expectGood(opened, 'tenant-new-password');
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Save and go on' }).click();

    await page.getByText('There is no product yet.').waitFor();
    await page.getByRole('button', { name: 'Add product' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write an amount with at most two places').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Barley');
    await page.getByLabel('SKU').fill('b-1');
    await page.getByLabel('Category').fill('grain');
    await page.getByLabel('Price').fill('1,5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Barley' }).waitFor();
    await expectGood(opened, 'tenant-products');

    await page.evaluate(() => location.assign('#/orders'));
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByLabel('Name of the order').fill('Spring');
    await page.getByRole('button', { name: /Product 1/ }).click();
    await page.getByRole('option', { name: 'Barley' }).click();
    await page.getByLabel('Quantity 1').fill('4');
    await page.getByRole('dialog').getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('link', { name: 'Spring' }).click();
    await page.getByText('6.00').first().waitFor();
    await expectGood(opened, 'tenant-order');
    expect(shop.orders).toMatchObject([{ orderName: 'Spring', total: 6 }]);
    expect((await opened.kept()).filter((line) => !line.startsWith('granary.mode='))).toEqual([]);
  });

  it('explains that somebody else changed a product, and takes the change after a reload', async () => {
    const product = shop.addProduct(PRODUCT);
    const page = await signIn('ann@acme.example');
    await page.getByRole('button', { name: 'Change Barley' }).click();
    Object.assign(product, { price: 9, version: 2 });
    await page.getByLabel('Category').fill('cereal');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed it').waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByText('Somebody else has changed it').waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Price').inputValue()).toBe('9.00');
    await page.getByLabel('Category').fill('cereal');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('cereal').waitFor();
    expect(product).toMatchObject({ category: 'cereal', price: 9, version: 3 });
    await page.getByRole('button', { name: 'Delete Barley' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is no product yet.').waitFor();
  });

  it('lets a user who has used up the day understand it', async () => {
    shop.addProduct(PRODUCT);
    shop.used = 998;
    const page = await signIn('bob@acme.example');
    await page.getByRole('link', { name: 'Barley' }).waitFor();
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByText("Today's requests are used up").waitFor();
    await page.getByText('1,000 of 1,000').waitFor();
    await expectGood(opened, 'tenant-usage');
    await page.evaluate(() => location.assign('#/orders'));
    await page.getByText("next day's share begins at midnight UTC").waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await expectGood(opened, 'tenant-quota');
  });

  it('refuses a link to what is not of this tenant, and the account of another one', async () => {
    const page = await signIn('ann@acme.example', '/?tenant=acme#/products/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await page.getByText('or it belongs to somebody else').waitFor();
    await expectGood(opened, 'tenant-foreign-link');
    await opened.close();
    const foreign = await signIn('eve@globex.example');
    await foreign.getByText('This account does not belong to Acme').waitFor();
    await expectGood(opened, 'tenant-foreign-account');
    expect(pool.targets).toContain('RevokeToken');
  });

  it('asks for the code of an authenticator, and says when it is wrong', async () => {
    const page = await signIn('mfa@acme.example');
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Wrong code').waitFor();
    await expectGood(opened, 'tenant-code');
    await page.getByLabel('Code').fill('123456');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('There is no product yet.').waitFor();
  });

  it('lets administrators invite, disable and enable people, and hides it from others', async () => {
    shop.addUser({ userName: 'ann@acme.example', role: 'TenantAdmin' });
    const page = await signIn('ann@acme.example', '/?tenant=acme#/users');
    await page.getByRole('button', { name: 'Invite user' }).click();
    await page.getByRole('dialog').getByLabel('E-mail address').fill('cy@acme.example');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByRole('button', { name: 'Disable cy@acme.example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable cy@acme.example' }).waitFor();
    expect(await page.getByRole('button', { name: 'Delete ann@acme.example' }).count()).toBe(0);
    await expectGood(opened, 'tenant-users');
    await opened.close();
    const other = await signIn('bob@acme.example', '/?tenant=acme#/users');
    await other.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expect(await other.getByRole('link', { name: 'Users' }).count()).toBe(0);
  });

  it('renews a token that ends, and signs out who cannot go on', async () => {
    pool.holdsSeconds = 60;
    const page = await signIn('ann@acme.example');
    await page.getByText('There is no product yet.').waitFor();
    expect(pool.targets.filter((target) => target === 'InitiateAuth').length).toBeGreaterThan(1);
    shop.refuse = new UnauthenticatedProblem('the token is refused');
    await page.evaluate(() => location.assign('#/orders'));
    await page.getByText('Your session has ended').waitFor();
    await page.getByLabel('Password').waitFor();
    await expectGood(opened);
  });

  it('says what it means to be refused, and to be offline', async () => {
    const page = await signIn('ann@acme.example');
    await page.getByText('There is no product yet.').waitFor();
    shop.refuse = new ForbiddenProblem('your role does not allow this, or your tenant is not active');
    await page.evaluate(() => location.assign('#/orders'));
    await page.getByText('You may not do this').waitFor();
    shop.refuse = undefined;
    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByText('of 1,000').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('You are offline').waitFor();
    await page.context().setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'hidden' });
  });
});
