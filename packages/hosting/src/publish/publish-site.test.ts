import { KEPT_DAYS, publishSite, type SiteContent } from './publish-site';
import type { FileHeaders, SiteStore } from './site-store';

const NOW = new Date('2026-11-28T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000);
const bytes = (text: string) => new TextEncoder().encode(text);

interface Kept extends FileHeaders {
  readonly text: string;
  readonly changedAt: Date;
}

/** A store in memory that remembers the order in which files came. */
function memoryStore(existing: Readonly<Record<string, Date>> = {}) {
  const kept = new Map<string, Kept>(
    Object.entries(existing).map(([path, changedAt]) => [
      path,
      { text: 'old', changedAt, contentType: '', cacheControl: '' },
    ]),
  );
  const order: string[] = [];
  const store: SiteStore = {
    put: async (path, content, headers) => {
      order.push(path);
      kept.set(path, { ...headers, text: new TextDecoder().decode(content), changedAt: NOW });
    },
    list: async () => [...kept].map(([path, { changedAt }]) => ({ path, changedAt })),
    remove: async (paths) => {
      for (const path of paths) kept.delete(path);
    },
  };
  return { store, kept, order };
}

const content: SiteContent = {
  files: new Map([
    ['tenant.html', bytes('tenant')],
    ['sign-up.html', bytes('sign-up')],
    ['operator.html', bytes('operator')],
    ['.sources', bytes('digest')],
    ['favicon.svg', bytes('icon')],
    ['assets/main-2.js', bytes('main')],
  ]),
  pages: ['tenant.html', 'sign-up.html'],
  config: '{"apiUrl":"https://api.example.com/"}',
};

test('pages come last, so that no page asks for what is not there', async () => {
  const { store, order } = memoryStore();
  await publishSite(content, store, NOW);
  expect(order.slice(-3)).toEqual(['config.json', 'tenant.html', 'sign-up.html']);
  expect(order).toContain('assets/main-2.js');
});

test('the pages of the other site, and what the build keeps for itself, stay out', async () => {
  const { store, kept } = memoryStore();
  await publishSite(content, store, NOW);
  expect([...kept.keys()].sort()).toEqual(
    ['assets/main-2.js', 'config.json', 'favicon.svg', 'sign-up.html', 'tenant.html'].sort(),
  );
});

test('files are answered by their kind, and kept for good only when their name says what is in them', async () => {
  const { store, kept } = memoryStore();
  await publishSite(content, store, NOW);
  expect(kept.get('assets/main-2.js')).toMatchObject({
    contentType: 'text/javascript; charset=utf-8',
    cacheControl: 'public, max-age=31536000, immutable',
  });
  expect(kept.get('config.json')).toMatchObject({ text: content.config, cacheControl: 'no-cache' });
});

test('what an open page may still load stays for a while, then goes', async () => {
  const { store, kept } = memoryStore({
    'assets/main-1.js': daysAgo(KEPT_DAYS - 1),
    'assets/main-0.js': daysAgo(KEPT_DAYS + 1),
    'tenant.html': daysAgo(KEPT_DAYS + 1),
  });
  await publishSite(content, store, NOW);
  expect(kept.has('assets/main-1.js')).toBe(true);
  expect(kept.has('assets/main-0.js')).toBe(false);
  expect(kept.get('tenant.html')?.text).toBe('tenant');
});

test('a build without a page of the site changes nothing', async () => {
  const { store, order } = memoryStore();
  const broken = { ...content, pages: ['gone.html'] };
  await expect(publishSite(broken, store, NOW)).rejects.toThrow('the build has no "gone.html"');
  expect(order).toEqual([]);
});
