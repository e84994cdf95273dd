import type { Credentials } from '../../walk/users';
import { type Page, type ReleasedPages, signIn } from './released-pages';

/** What an operator read on a release's page, without touching it, from its first wave to its halt. */
export interface WatchedHalt {
  /** The page: where and why it stopped, what went back, its waves and gates. */
  readonly why: string;
  /** The picture of the waves, in words. */
  readonly picture: string;
  /** What the page answers to the rollback that it proposes, when nothing is left to be rolled back. */
  readonly nothingLeft: string;
}

/** A build, and the waves before the halt. */
const RELEASE_MS = 8 * 60_000;

/** Opens the console before the release has begun, and looks until it has halted. @param commit that is released */
export function watchHalt(pages: ReleasedPages, operator: Credentials, commit: string): Promise<WatchedHalt> {
  return pages.visit('operator console', '#/releases', async (page) => {
    await signIn(page, operator);
    await page.getByRole('link', { name: nameOf(commit) }).click({ timeout: RELEASE_MS });
    const main = page.getByRole('main');
    await main
      .getByText(/^Halted in wave/)
      .first()
      .waitFor({ timeout: RELEASE_MS });
    await main
      .getByText(/\(succeeded\)$/)
      .first()
      .waitFor();
    const picture = main.getByRole('img', { name: /rolled back/ });
    await picture.waitFor();
    return {
      why: (await main.textContent()) ?? '',
      picture: (await picture.getAttribute('aria-label')) ?? '',
      nothingLeft: await orderRollback(page, { reason: 'is anything of it left?' }, async (dialog) => {
        const said = dialog.getByText(/nothing to roll back/).first();
        await said.waitFor();
        return (await said.textContent()) ?? '';
      }),
    };
  });
}

/** What an operator orders, where the page proposes something else. */
export interface RollbackOrder {
  /** One deployment. @default what the page proposes */
  readonly deployment?: string;
  /** A commit. @default what the page proposes */
  readonly to?: string;
  readonly reason: string;
}

/**
 * Rolls one deployment back from a release's page, and watches until that has ended.
 *
 * @returns the run's id and what its page says of it
 */
export function rollBackFrom(
  pages: ReleasedPages,
  operator: Credentials,
  commit: string,
  order: RollbackOrder,
): Promise<{ readonly runId: string; readonly says: string }> {
  return pages.visit('operator console', '#/releases', async (page) => {
    await signIn(page, operator);
    await page.getByRole('link', { name: nameOf(commit) }).click();
    await page.getByRole('heading', { level: 1, name: `Release ${nameOf(commit)}` }).waitFor();
    await orderRollback(page, order, (dialog) => dialog.waitFor({ state: 'detached' }));
    await page.getByRole('heading', { level: 1, name: /^Rollback/ }).waitFor();
    const main = page.getByRole('main');
    await main
      .getByText(/^(succeeded|halted)$/i)
      .first()
      .waitFor({ timeout: RELEASE_MS });
    const runId = decodeURIComponent(new URL(page.url()).hash.split('/').at(-1) ?? '');
    return { runId, says: (await main.textContent()) ?? '' };
  });
}

type Dialog = ReturnType<Page['getByRole']>;

async function orderRollback<T>(
  page: Page,
  { deployment, to, reason }: RollbackOrder,
  then: (dialog: Dialog) => Promise<T>,
): Promise<T> {
  await page.getByRole('button', { name: 'Roll back', exact: true }).click();
  const dialog = page.getByRole('dialog');
  if (deployment !== undefined) {
    await dialog.getByRole('button', { name: /^What/ }).click();
    await page.getByRole('option', { name: 'one deployment' }).click();
    await dialog.getByLabel('Deployment or wave').fill(deployment);
  }
  if (to !== undefined) await dialog.getByLabel('To', { exact: true }).fill(to);
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
  return then(dialog);
}

/** As the console writes a commit. */
function nameOf(commit: string): string {
  return commit.slice(0, 8);
}
