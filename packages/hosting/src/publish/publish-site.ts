import { cacheControl, contentType } from '../file-headers';
import { CONFIG_PATH } from '../site';
import type { SiteStore } from './site-store';

export interface SiteContent {
  /** The build, by path without a slash in front. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Pages of the site; those of the other stay out. */
  readonly pages: readonly string[];
  /** The text of the deployment's settings. */
  readonly config: string;
}

/** How long what an open page may still ask for stays after the build that it was in. */
export const KEPT_DAYS = 30;
const PARALLEL = 16;

/**
 * Puts a build in place while people use the one before it: what pages load comes before the pages, and what an older
 * page may still load stays for a while. Safe to do again, and to break off anywhere.
 *
 * @throws Error when the build lacks a page of the site
 */
export async function publishSite(content: SiteContent, store: SiteStore, now: Date): Promise<void> {
  const { files, pages, config } = content;
  for (const page of pages)
    if (!files.has(page))
      throw new Error(`the build has no "${page}": it holds ${[...files.keys()].join(', ')}`);
  const isPage = (path: string) => path.endsWith('.html') && !path.includes('/');
  const loaded = [...files].filter(([path]) => !isPage(path) && !path.startsWith('.'));
  await each(loaded, ([path, bytes]) => put(store, path, bytes));
  await put(store, CONFIG_PATH.slice(1), new TextEncoder().encode(config));
  await each(pages, (page) => put(store, page, files.get(page) as Uint8Array));
  const current = new Set([...loaded.map(([path]) => path), ...pages, CONFIG_PATH.slice(1)]);
  const oldest = now.getTime() - KEPT_DAYS * 24 * 3_600_000;
  const stale = (await store.list()).filter(
    ({ path, changedAt }) => !current.has(path) && changedAt.getTime() < oldest,
  );
  if (stale.length > 0) await store.remove(stale.map(({ path }) => path));
}

async function put(store: SiteStore, path: string, content: Uint8Array): Promise<void> {
  await store.put(path, content, { contentType: contentType(path), cacheControl: cacheControl(path) });
}

/** Some at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += PARALLEL)
    await Promise.all(items.slice(start, start + PARALLEL).map(work));
}
