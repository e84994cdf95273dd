import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPages } from './pages-build';

let workspace: string;
const put = async (file: string, text: string) => {
  await mkdir(dirname(join(workspace, file)), { recursive: true });
  await writeFile(join(workspace, file), text);
};

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'granary-pages-'));
  await put('packages/console/tenant.html', 'page');
  await put('packages/console/src/page.tsx', 'one');
  await put('packages/api/src/index.ts', 'api');
  await put('packages/client/src/index.ts', 'client');
  await put('pnpm-lock.yaml', 'lock');
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

/** Builds as Vite would: the page's source is what comes out. @returns how often it did */
function counting() {
  let times = 0;
  const build = async (pages: string, folder: string) => {
    times += 1;
    await writeFile(join(folder, 'page.js'), await readFile(join(pages, 'src', 'page.tsx')));
  };
  return { run: () => buildPages({ workspace, build }), times: () => times };
}

test('what has not changed is not built again', async () => {
  const { run, times } = counting();
  const folder = await run();
  await put('packages/console/src/page.test.tsx', 'a test');
  await put('packages/console/node_modules/x/index.js', 'installed');
  expect(await run()).toBe(folder);
  expect(times()).toBe(1);
});

test.each(['packages/console/src/page.tsx', 'packages/api/src/index.ts', 'pnpm-lock.yaml'])(
  'a change of %s makes a new build',
  async (file) => {
    const { run, times } = counting();
    await run();
    await put(file, 'two');
    const folder = await run();
    expect(times()).toBe(2);
    expect(await readFile(join(folder, 'page.js'), 'utf8')).toBe(file.endsWith('.tsx') ? 'two' : 'one');
  },
);

test('a build that fails leaves the one before it, and is tried again', async () => {
  const { run, times } = counting();
  const folder = await run();
  await put('packages/console/src/page.tsx', 'two');
  const broken = buildPages({ workspace, build: () => Promise.reject(new Error('no')) });
  await expect(broken).rejects.toThrow('no');
  expect(await readFile(join(folder, 'page.js'), 'utf8')).toBe('one');
  await run();
  expect(times()).toBe(2);
});

test('two that build the same at once leave one build, which stays while it is read', async () => {
  const { run } = counting();
  const folder = join(workspace, 'packages', 'console', 'dist');
  const build = async (pages: string, fresh: string) => {
    await writeFile(join(fresh, 'page.js'), 'slower');
    // The other is done first.
    expect(await run()).toBe(folder);
    expect(pages).toBe(join(workspace, 'packages', 'console'));
  };
  expect(await buildPages({ workspace, build })).toBe(folder);
  expect(await readFile(join(folder, 'page.js'), 'utf8')).toBe('one');
});
