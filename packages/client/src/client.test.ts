import { TENANT_ROUTES } from '@granary/api';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import {
  ApiError,
  allItems,
  applicationClient,
  type ClientOptions,
  ConflictError,
  controlClient,
  createClient,
  eachItem,
  InvalidRequestError,
  NoAnswerError,
  RETRY,
  UnexpectedAnswerError,
} from './index';
import { retryAfterSeconds, waitBefore } from './retry';

const AT = '2026-11-24T00:00:00.000Z';
const INPUT = { sku: 'a', name: 'Barley', price: 1.5, category: 'grain' };
const PRODUCT = {
  ...INPUT,
  productId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  version: 3,
  createdAt: AT,
  updatedAt: AT,
};
const { productId } = PRODUCT;
const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const busy = (status = 429, after?: string) =>
  new Response('', { status, headers: after === undefined ? {} : { 'retry-after': after } });

/** Options whose fetch answers from a list, and what was sent and waited. */
function answering(...answers: readonly (Response | Error)[]) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  const waits: number[] = [];
  const queue = [...answers];
  const options: ClientOptions = {
    baseUrl: 'http://127.0.0.1:1/prod/',
    token: 'jwt',
    retry: {
      random: () => 0.5,
      pause: async (milliseconds) => {
        waits.push(milliseconds);
      },
    },
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      const answer = queue.shift() ?? new Response('', { status: 500 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { sent, waits, options };
}

test('a call takes method, path, query, token and body from the route and the input', async () => {
  const { sent, options } = answering(json(PRODUCT, 201), json({ items: [] }));
  const api = applicationClient(options);
  expect(await api.createProduct({ body: INPUT })).toEqual(PRODUCT);
  await api.listProducts({ query: { limit: 5 } });
  expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
    'POST http://127.0.0.1:1/prod/products',
    'GET http://127.0.0.1:1/prod/products?limit=5',
  ]);
  expect(sent[0]?.init.headers).toMatchObject({ authorization: 'Bearer jwt' });
  expect(JSON.parse(String(sent[0]?.init.body))).toEqual(INPUT);
});

test('a parameter cannot leave its place in the path', async () => {
  const { sent, options } = answering(json({}, 404));
  const call = createClient(TENANT_ROUTES, options).getTenantConfig({ params: { tenantName: '../x?y$&' } });
  await expect(call).rejects.toThrow();
  expect(sent[0]?.url).toBe('http://127.0.0.1:1/prod/tenant-config/..%2Fx%3Fy%24%26');
});

test('the version that the caller read travels as an entity tag, and 204 has no body', async () => {
  const { sent, options } = answering(
    new Response(null, { status: 204 }),
    new Response(null, { status: 204 }),
  );
  const api = applicationClient(options);
  expect(await api.deleteProduct({ params: { productId }, version: 3 })).toBeUndefined();
  await api.deleteProduct({ params: { productId }, version: '"4"' });
  expect(sent.map(({ init }) => (init.headers as Record<string, string>)['if-match'])).toEqual([
    '"3"',
    '"4"',
  ]);
});

test('an answer tells its entity tag, and whether what the caller has still holds', async () => {
  const { sent, options } = answering(
    json(PRODUCT, 200, { etag: '"3"' }),
    new Response(null, { status: 304, headers: { etag: '"3"' } }),
  );
  const { getProduct } = applicationClient(options);
  const first = await getProduct.answer({ params: { productId } });
  expect(first).toEqual({ status: 200, etag: '"3"', unchanged: false, data: PRODUCT });
  const again = await getProduct.answer({ params: { productId } }, { ifNoneMatch: '"3"' });
  expect(again).toEqual({ status: 304, etag: '"3"', unchanged: true });
  expect(sent[1]?.init.headers).toMatchObject({ 'if-none-match': '"3"' });
});

test("a problem's words, status and violations reach the caller in one tree of errors", async () => {
  const violations = [{ in: 'body', pointer: '/sku', message: 'too long' }];
  const problem = { type: 'urn:x', title: 'Conflict', status: 409, detail: 'the id "acme" is taken' };
  const { options } = answering(json(problem, 409), json({ ...problem, status: 400, violations }, 400));
  const api = applicationClient(options);
  const conflict = await api.createProduct({ body: INPUT }).catch((error) => error);
  expect(conflict).toBeInstanceOf(ConflictError);
  expect(conflict).toMatchObject({
    status: 409,
    violations: [],
    message: 'createProduct: 409 Conflict: the id "acme" is taken',
  });
  const invalid = await api.createProduct({ body: INPUT }).catch((error) => error);
  expect(invalid).toBeInstanceOf(InvalidRequestError);
  expect(invalid).toBeInstanceOf(ApiError);
  expect(invalid.violations).toEqual(violations);
});

test.each([
  ['a gateway in its own words', new Response('Bad Gateway', { status: 502 }), ApiError, /502 Bad Gateway/],
  [
    'an answer that breaks the contract',
    json({ items: [{ sku: 1 }] }),
    UnexpectedAnswerError,
    /fit its schema/,
  ],
  ['no answer', new TypeError('failed', { cause: new Error('refused') }), NoAnswerError, /answer: refused/],
])('%s is an error that says so', async (_, answer, type, message) => {
  const call = applicationClient(answering(answer).options).listProducts();
  await expect(call).rejects.toBeInstanceOf(type);
  await expect(call).rejects.toThrow(message);
});

test('a call that may be repeated is sent again after the time that the API asks for', async () => {
  const { sent, waits, options } = answering(busy(429, '2'), busy(503), json({ items: [] }));
  expect(await applicationClient(options).listProducts()).toEqual({ items: [] });
  expect(sent).toHaveLength(3);
  expect(waits).toEqual([2100, 200]);
});

test('a creation is sent once, and nobody waits for an API that asks for an hour', async () => {
  const { sent, waits, options } = answering(busy(429), busy(429, '3600'));
  const api = applicationClient(options);
  await expect(api.createProduct({ body: INPUT })).rejects.toMatchObject({ status: 429 });
  await expect(api.listProducts()).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
  expect([sent.length, waits]).toEqual([2, []]);
});

test('waits stay within their bounds and come to an end', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, retryAfter, dice) => {
        const wait = waitBefore({ status: 503, retryAfter }, attempt, { ...RETRY, random: () => dice });
        if (attempt >= RETRY.attempts) expect(wait).toBeUndefined();
        if (wait !== undefined) {
          expect(wait).toBeGreaterThanOrEqual((retryAfter ?? 0) * 1000);
          expect(wait).toBeLessThanOrEqual(RETRY.longestWaitMs);
        }
      },
    ),
  ));

test('a time to wait may be a number or a date', () => {
  expect(retryAfterSeconds('15')).toBe(15);
  expect(retryAfterSeconds('Tue, 24 Nov 2026 00:00:30 GMT', Date.parse(AT))).toBe(30);
  expect([null, '', 'soon'].map((header) => retryAfterSeconds(header))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a caller that gives up ends the call, also between two attempts', async () => {
  const abort = new AbortController();
  const { options } = answering(busy(503));
  const call = applicationClient({
    ...options,
    retry: { firstWaitMs: 1e6, random: () => 0.01 },
  }).listProducts({}, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(call).rejects.toThrow('no answer: enough');
});

test('all pages of a list are read, each from where the last one ended, with the filter of the first', async () => {
  const { sent, options } = answering(
    json({ items: [], nextToken: 'b' }),
    json({ items: [PRODUCT], nextToken: 'c' }),
    json({ items: [] }),
  );
  const { listProducts } = applicationClient(options);
  const seen: string[] = [];
  for await (const item of eachItem(listProducts, { query: { limit: 7 } })) seen.push(item.productId);
  expect(seen).toEqual([productId]);
  expect(sent.map(({ url }) => new URL(url).search)).toEqual([
    '?limit=7',
    '?limit=7&nextToken=b',
    '?limit=7&nextToken=c',
  ]);
});

test('a list that never ends is given up', async () => {
  await expect(allItems(async () => ({ items: [], nextToken: 'more' }))).rejects.toThrow('did not end');
});

test('a token is asked for before each call', async () => {
  const { sent, options } = answering(json({ items: [] }), json({ items: [] }));
  let count = 0;
  const api = controlClient({
    ...options,
    token: async () => {
      count += 1;
      return `t${count}`;
    },
  });
  await api.listTenants();
  await api.listTenants();
  expect(sent.map(({ init }) => init.headers)).toMatchObject([
    { authorization: 'Bearer t1' },
    { authorization: 'Bearer t2' },
  ]);
});

test('the client needs nothing of Node: it is bundled for browsers', async () => {
  const { errors, outputFiles } = await build({
    entryPoints: [require.resolve('./index')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  expect(outputFiles[0]?.text).not.toMatch(/require\("|process\.env|Buffer\.from/);
});
