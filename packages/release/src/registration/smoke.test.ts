import { FakeClock } from '../testing/fake-clock';
import { smokeTest } from './smoke';
import type { SmokeSettings } from './smoke-settings';
import { SmokeTestError } from './step-error';

const SETTINGS: SmokeSettings = {
  API_URL: 'https://api.example.com/prod/',
  HEALTH_PATHS: ['/health/product', '/health/order'],
  GUARDED_PATH: '/products',
};

/** An API that answers each path with the statuses given, the last one for good; 0 is no connection. */
function api(answers: Readonly<Record<string, readonly number[]>>) {
  const left = new Map(Object.entries(answers).map(([path, statuses]) => [path, [...statuses]]));
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = String(input);
    asked.push(url);
    const statuses = left.get(url.replace('https://api.example.com/prod', '')) ?? [404];
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 404;
    if (status === 0) throw new TypeError('fetch failed', { cause: new Error('connection refused') });
    return new Response('{}', { status });
  };
  return { fetch, asked };
}

function run(answers: Readonly<Record<string, readonly number[]>>, settings = SETTINGS) {
  const clock = new FakeClock();
  const { fetch, asked } = api(answers);
  return { clock, asked, done: smokeTest(settings, { fetch, clock, print: () => {} }) };
}

const HEALTHY = { '/health/product': [200], '/health/order': [200], '/products': [401] };

test('a deployment whose services answer and whose API is closed passes', async () => {
  const { done, asked } = run(HEALTHY);
  await done;
  expect(asked.sort()).toEqual([
    'https://api.example.com/prod/health/order',
    'https://api.example.com/prod/health/product',
    'https://api.example.com/prod/products',
  ]);
});

test('an address without a slash at its end keeps its stage', async () => {
  const { done, asked } = run(HEALTHY, { ...SETTINGS, API_URL: 'https://api.example.com/prod' });
  await done;
  expect(asked).toContain('https://api.example.com/prod/products');
});

test('a refusal for the role counts as closed too', async () => {
  await run({ ...HEALTHY, '/products': [403] }).done;
});

test('a new API is given time to answer', async () => {
  const { done, clock } = run({ ...HEALTHY, '/health/order': [0, 500, 403, 200] });
  await done;
  expect(clock.waits).toEqual([1_000, 1_500, 2_250]);
});

test('an API that serves strangers fails the step', async () => {
  await expect(run({ ...HEALTHY, '/products': [200] }).done).rejects.toThrow(
    'GET https://api.example.com/prod/products answered 200, not 401 or 403',
  );
});

test('every route at fault is named, after two minutes at most', async () => {
  const { done, clock } = run({ '/health/product': [500], '/health/order': [0], '/products': [401] });
  const error = await done.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SmokeTestError);
  expect(String(error)).toMatch(/health\/product answered 500, not 200/);
  expect(String(error)).toMatch(/health\/order failed: connection refused/);
  expect(clock.now()).toBeLessThanOrEqual(120_000);
});
