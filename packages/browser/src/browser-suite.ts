import { Browser } from './browser';
import { findChromium, NO_CHROMIUM } from './chromium';

/** A load of other suites makes a browser slow; nothing here waits for time to pass. */
const TEST_MS = 180_000;

/**
 * A suite of tests in one real browser. On a machine without one they count as skipped, and say so.
 *
 * @param tests are given the browser, once it runs
 */
export function browserSuite(name: string, tests: (browser: () => Browser) => void): void {
  const executable = findChromium();
  if (executable === undefined) {
    process.stderr.write(`${name}: ${NO_CHROMIUM}\n`);
    describe.skip(name, () => tests(never));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await Browser.launch(executable);
    }, TEST_MS);
    afterAll(() => browser?.close());
    tests(() => browser);
  });
}

function never(): never {
  throw new Error(NO_CHROMIUM);
}
