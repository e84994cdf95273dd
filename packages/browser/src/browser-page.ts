import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BrowserContext, Browser as Chromium, Page } from 'playwright-core';
import { accessibilityFaults } from './accessibility';

export interface PageOptions {
  /** Without a path, such as `http://localhost:4581`. */
  readonly origin: string;
  /** Origins whose refusals are answers to the page, not faults of it. @default none */
  readonly apis?: readonly string[];
  /** In CSS pixels. @default 1280 by 800 */
  readonly size?: { readonly width: number; readonly height: number };
  /** @default 'light' */
  readonly colours?: 'light' | 'dark';
}

/** The largest screenshot, in bytes: they are in the repository. */
export const SCREENSHOT_BYTES = 150 * 1024;
/** A busy machine is slow; nothing here passes by waiting. */
const WAIT_MS = 60_000;

/** A page in a profile of its own, whose every complaint is kept. */
export class BrowserPage {
  private readonly found: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly options: PageOptions,
  ) {
    page.on('pageerror', (error) => this.found.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      const refused = message.text().startsWith('Failed to load resource');
      if (!(refused && this.isApi(url))) this.found.push(`${message.text()} (${url})`);
    });
  }

  static async open(chromium: Chromium, options: PageOptions): Promise<BrowserPage> {
    const { size = { width: 1280, height: 800 }, colours = 'light' } = options;
    const context = await chromium.newContext({
      viewport: size,
      colorScheme: colours,
      // Pictures are alike, and nothing is caught halfway.
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    context.setDefaultTimeout(WAIT_MS);
    return new BrowserPage(await context.newPage(), context, options);
  }

  /** Opens a path of the origin. */
  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.options.origin).href, { waitUntil: 'load' });
  }

  /** What the page's scripts, or the browser on their behalf, complained of: errors, refused scripts and calls. */
  complaints(): readonly string[] {
    return this.found;
  }

  /** Serious and critical faults that axe finds, a line each. */
  accessibilityFaults(): Promise<readonly string[]> {
    return accessibilityFaults(this.page);
  }

  /** What is left in the browser for a script of a later visit to find, a line each. */
  async kept(): Promise<readonly string[]> {
    const { cookies, origins } = await this.context.storageState();
    return [
      ...cookies.map(({ name }) => `cookie ${name}`),
      ...origins.flatMap(({ localStorage }) => localStorage.map(({ name, value }) => `${name}=${value}`)),
      ...(await this.page.evaluate<string[]>(
        "Object.entries(sessionStorage).map(([name, value]) => name + '=' + value)",
      )),
    ];
  }

  /**
   * Takes a picture of the page's top.
   *
   * @param file a PNG
   * @throws Error when it is larger than SCREENSHOT_BYTES
   */
  async screenshot(file: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    // As text: whoever imports this need not know the browser's globals.
    await this.page.evaluate('document.fonts.ready.then(() => undefined)');
    await this.page.evaluate('scrollTo(0, 0)');
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide', scale: 'css' });
    const { size } = await stat(file);
    if (size > SCREENSHOT_BYTES)
      throw new Error(`"${file}" has ${size} bytes, more than ${SCREENSHOT_BYTES}: take a smaller view`);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  private isApi(url: string): boolean {
    return (this.options.apis ?? []).some((origin) => url.startsWith(`${origin}/`));
  }
}
