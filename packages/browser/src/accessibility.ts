import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Impacts that keep a person out. */
const SERIOUS = new Set(['serious', 'critical']);

/**
 * Serious and critical faults by the rules of WCAG 2.2 A and AA, a line each: rule, what it asks, and the elements.
 * The checker runs in the page by the browser's own channel, so the page's policy on scripts stays as it is.
 */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )) as AxeResults;
  return violations
    .filter(({ impact }) => SERIOUS.has(impact ?? ''))
    .map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
}
