import { type Browser as Chromium, chromium } from 'playwright-core';
import { BrowserPage, type PageOptions } from './browser-page';
import { CHROMIUM_ARGUMENTS } from './chromium';

/** One browser; each page has a profile of its own, so that none sees what another has kept. */
export class Browser {
  private constructor(private readonly chromium: Chromium) {}

  /** @param executable of a Chromium */
  static async launch(executable: string): Promise<Browser> {
    return new Browser(
      await chromium.launch({
        executablePath: executable,
        headless: true,
        // As root, which is what a build's container is, Chromium's own sandbox does not start.
        args: [...CHROMIUM_ARGUMENTS],
      }),
    );
  }

  /** A page of the origin, not yet opened. */
  async page(options: PageOptions): Promise<BrowserPage> {
    return BrowserPage.open(this.chromium, options);
  }

  async close(): Promise<void> {
    await this.chromium.close();
  }
}
