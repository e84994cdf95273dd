import type { Entry } from './site';

/** A file of the build: below `assets`, or at its root with an extension. */
const FILE = /^\/(assets\/.+|[^/]+\.[a-z0-9]+)$/;

/**
 * The file that answers a path of a site. Any path that is no file is a page's own: the entry that serves it answers,
 * whatever lies below. A page of another site is no file here.
 *
 * Runs in CloudFront too, whose JavaScript is that of 2009 with few additions: no library, no loop over values.
 *
 * @param path from the site's root, with its slash
 * @returns the file, with its slash
 */
export function pagePath(entries: readonly Entry[], path: string): string {
  let serving = entries[0] as Entry;
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] as Entry;
    if (path === `/${entry.page}`) return path;
    if (isBelow(path, entry.path) && entry.path.length >= serving.path.length) serving = entry;
  }
  // What a page asks for beside itself is at the root, whatever path the page is at.
  const rest = serving.path === '/' ? path : path.slice(serving.path.length);
  return FILE.test(rest) && !rest.endsWith('.html') ? rest : `/${serving.page}`;
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === '/' || path === prefix || path.indexOf(`${prefix}/`) === 0;
}
