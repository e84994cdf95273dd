import { findChromium, NO_CHROMIUM } from '@granary/browser';

/** Tests of what a story saw in a browser. On a machine without one they count as skipped, and the story says so. */
export function browserTest(story: string): typeof test.skip {
  if (findChromium() !== undefined) return test;
  process.stderr.write(`${story}: ${NO_CHROMIUM}\n`);
  return test.skip;
}
