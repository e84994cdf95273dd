import { type Page, type ReleasedPages, signIn } from './released-pages';

/** What a buyer buys, and who they are. */
export interface Purchase {
  readonly plan: string;
  readonly organization: string;
  readonly email: string;
  /** That they choose in place of the mailed one. */
  readonly password: string;
  /** What was mailed to an address. */
  readonly mailTo: (address: string) => Promise<string>;
}

/** What a buyer saw, from the plans to the second sign-in. */
export interface BuyersJourney {
  /** The steps of the onboarding, each as the page shows it once the tenant is ready. */
  readonly steps: readonly string[];
  /** Where the sign-up page sends the buyer. */
  readonly application: string;
  /** What the page says to a password that is too weak. */
  readonly weak: string;
  /** The order, as its page shows it. */
  readonly order: string;
  /** What the page says to the temporary password once it was changed. */
  readonly temporaryAgain: string;
  /** The products after the second sign-in. */
  readonly products: readonly string[];
}

const ONBOARDING_MS = 180_000;

/** Signs up, follows the onboarding, signs in with what was mailed, chooses a password, trades, and comes back. */
export function buy(pages: ReleasedPages, purchase: Purchase): Promise<BuyersJourney> {
  const { email, password } = purchase;
  const own = { userName: email, password };
  return pages.visit('sign-up', '', async (page) => {
    await orderPlan(page, purchase);
    const open = page.getByRole('link', { name: 'Open the application' });
    await open.waitFor({ timeout: ONBOARDING_MS });
    const steps = await page.getByRole('listitem').allInnerTexts();
    const invited = { userName: email, password: temporaryPassword(await purchase.mailTo(email)) };
    await open.click();
    await signIn(page, invited);
    const application = page.url();
    const weak = await choosePassword(page, own.password);
    await addProduct(page);
    const order = await placeOrder(page);
    await signOut(page, email);
    await signIn(page, invited);
    const temporaryAgain = await shown(page, /is wrong/);
    await signIn(page, own);
    await page.getByRole('link', { name: 'Products' }).first().click();
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await rows.first().waitFor();
    const products = await rows.getByRole('rowheader').allInnerTexts();
    return { steps, application, weak, order, temporaryAgain, products };
  });
}

async function orderPlan(page: Page, { plan, organization, email }: Purchase): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(plan, 'i') }).check();
  await page.getByLabel('Name of your organization').fill(organization);
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: /^Setting up/ }).waitFor();
}

/** Of the invitation that Cognito writes. */
function temporaryPassword(mail: string): string {
  const [, password] = /temporary password is (\S+)\.$/m.exec(mail) ?? [];
  if (!password) throw new Error(`the invitation names no temporary password: ${mail.length} characters`);
  return password;
}

/** @returns what the page says to a weak one before */
async function choosePassword(page: Page, password: string): Promise<string> {
  const fill = async (text: string) => {
    await page.getByLabel('New password', { exact: true }).fill(text);
    await page.getByLabel('New password again').fill(text);
    await page.getByRole('button', { name: 'Save and go on' }).click();
  };
  await fill('short');
  const weak = await shown(page, /It needs at least/);
  await fill(password);
  await page.getByText('There is no product yet.').waitFor();
  return weak;
}

async function addProduct(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add product' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Barley');
  await page.getByLabel('SKU').fill('b-1');
  await page.getByLabel('Category').fill('grain');
  await page.getByLabel('Price').fill('1.50');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Barley' }).waitFor();
}

/** @returns the order's page */
async function placeOrder(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Orders' }).first().click();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByLabel('Name of the order').fill('Spring');
  await page.getByRole('button', { name: /Product 1/ }).click();
  await page.getByRole('option', { name: 'Barley' }).click();
  await page.getByLabel('Quantity 1').fill('4');
  await page.getByRole('dialog').getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('link', { name: 'Spring' }).click();
  await page.getByText('6.00').first().waitFor();
  return (await page.getByRole('main').textContent()) ?? '';
}

async function signOut(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: email }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

async function shown(page: Page, text: RegExp): Promise<string> {
  const found = page.getByText(text).first();
  await found.waitFor();
  return (await found.textContent()) ?? '';
}
