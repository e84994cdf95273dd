import type { Credentials } from '../../walk/users';
import { type ReleasedPages, signIn } from './released-pages';

/** What a tenant's user read while the day's requests went out. */
export interface UsedUpQuota {
  /** The share, as the page counts it at first. */
  readonly share: string;
  /** The page of the usage, once a request was refused. */
  readonly usage: string;
  /** The page of the products then. */
  readonly products: string;
  /** Whether the page offers what cannot help. */
  readonly triesAgain: boolean;
}

export interface QuotaUser extends Credentials {
  readonly tenantId: string;
  /** Requests that it may take at most. */
  readonly most: number;
}

/** Asks for the usage until the page says that nothing is left, and goes on to the products. */
export function useUpQuota(
  pages: ReleasedPages,
  { tenantId, most, ...who }: QuotaUser,
): Promise<UsedUpQuota> {
  return pages.visit('tenant application', `?tenant=${tenantId}#/usage`, async (page) => {
    await signIn(page, who);
    const main = page.getByRole('main');
    const share = main.getByText(/^\d+ of \d+$/);
    await share.waitFor();
    const first = (await share.textContent()) ?? '';
    const used = main.getByText("Today's requests are used up").first();
    for (let asked = 0; asked < most && !(await used.isVisible()); asked += 1) {
      await main.getByRole('button', { name: 'Ask again' }).click();
      // The count may be behind: the refusal is what tells.
      await page.waitForLoadState('networkidle');
    }
    await used.waitFor();
    const usage = (await main.textContent()) ?? '';
    await page.getByRole('link', { name: 'Products' }).first().click();
    await main
      .getByText(/begins at midnight UTC/)
      .first()
      .waitFor();
    return {
      share: first,
      usage,
      products: (await main.textContent()) ?? '',
      triesAgain: (await main.getByRole('button', { name: 'Try again' }).count()) > 0,
    };
  });
}
