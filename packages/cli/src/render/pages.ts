import type { PageLink } from '../sites/sites';
import { table } from './table';

/** Where people find the pages. */
export function pageLines(pages: readonly PageLink[], style: (text: string) => string): string[] {
  return table(
    [
      { title: 'page', value: ({ page }) => page },
      { title: 'address', value: ({ url }) => url },
    ],
    pages,
    style,
  );
}
