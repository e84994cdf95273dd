import { type Browser, type BrowserPage, type FakeUser, fakeUserPool } from '@granary/browser';
import { FakeOperatorPlane } from './fake-operator-plane';
import { PagesUnderTest, type VisitOptions } from './pages-under-test';

export const ADMIN: FakeUser = {
  email: 'olivia@granary.example.com',
  password: 'Correct-horse-1',
  role: 'SystemAdmin',
};
export const SUPPORT: FakeUser = {
  email: 'sam@granary.example.com',
  password: 'Correct-horse-1',
  role: 'CustomerSupport',
};

/** The operator console before a platform in memory. */
export class OperatorUnderTest {
  private constructor(
    readonly plane: FakeOperatorPlane,
    readonly pages: PagesUnderTest,
  ) {}

  static async start(): Promise<OperatorUnderTest> {
    const plane = new FakeOperatorPlane();
    const userPool = fakeUserPool([ADMIN, SUPPORT]);
    return new OperatorUnderTest(plane, await PagesUnderTest.start({ userPool, control: plane.operations }));
  }

  /** Signs in on the way to an address: `/tenants/acme`. */
  async enter(
    browser: Browser,
    address: string,
    user = ADMIN,
    more: Omit<VisitOptions, 'address'> = {},
  ): Promise<BrowserPage> {
    const page = await this.pages.visit(browser, 'operator', { address: `#${address}`, ...more });
    await this.pages.signIn(page, user);
    return page;
  }

  /** What was sent to an operation, in order. */
  sent(operation: string) {
    return this.pages.api.calls.filter((call) => call.operation === operation);
  }

  /** @throws Error when an answer of the test fits no schema */
  async close(): Promise<void> {
    const { faults } = this.pages.api;
    await this.pages.close();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }
}

/** Follows an address within the console. */
export function go(page: BrowserPage, address: string): Promise<void> {
  return page.page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
