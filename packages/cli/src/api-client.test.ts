import { ApiError, allPages, applicationApi, controlApi } from './api-client';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A fetch that answers from a list and keeps what was sent. */
function answering(...answers: readonly (Response | Error)[]) {
  const sent: Sent[] = [];
  const queue = [...answers];
  const send: typeof fetch = async (url, init = {}) => {
    sent.push({ url: String(url), init });
    const answer = queue.shift() ?? new Response('', { status: 500 });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, send };
}

const AT = '2026-11-24T00:00:00.000Z';
const PRODUCT = {
  productId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  sku: 'a',
  name: 'Barley',
  price: 1.5,
  category: 'grain',
  version: 3,
  createdAt: AT,
  updatedAt: AT,
};
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

test('a call takes method, path, query, token and body from the route and the input', async () => {
  const { sent, send } = answering(json(PRODUCT, 201), json({ items: [] }));
  const api = applicationApi({ baseUrl: 'http://127.0.0.1:1/prod/', token: 'jwt', fetch: send });
  const { sku, name, price, category } = PRODUCT;
  expect(await api.call('createProduct', { body: { sku, name, price, category } })).toEqual(PRODUCT);
  await api.call('listProducts', { query: { limit: 5 } });
  expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
    'POST http://127.0.0.1:1/prod/products',
    'GET http://127.0.0.1:1/prod/products?limit=5',
  ]);
  expect(sent[0]?.init.headers).toMatchObject({ authorization: 'Bearer jwt' });
  expect(JSON.parse(String(sent[0]?.init.body))).toEqual({ sku, name, price, category });
});

test('a parameter cannot leave its place in the path', async () => {
  const { sent, send } = answering(json({}, 404));
  const api = controlApi({ baseUrl: 'http://127.0.0.1:1/prod', fetch: send });
  await expect(api.call('getTenantConfig', { params: { tenantName: '../x?y' } })).rejects.toThrow();
  expect(sent[0]?.url).toBe('http://127.0.0.1:1/prod/tenant-config/..%2Fx%3Fy');
});

test('the version that the caller read travels as an entity tag, and 204 has no body', async () => {
  const { sent, send } = answering(new Response(null, { status: 204 }));
  const api = applicationApi({ baseUrl: 'http://127.0.0.1:1', fetch: send });
  const { productId } = PRODUCT;
  expect(await api.call('deleteProduct', { params: { productId }, version: 3 })).toBeUndefined();
  expect(sent[0]?.init.headers).toMatchObject({ 'if-match': '"3"' });
});

test("a problem's words and status reach the caller", async () => {
  const problem = { type: 'urn:x', title: 'Conflict', status: 409, detail: 'the tenant id "acme" is taken' };
  const api = controlApi({ baseUrl: 'http://127.0.0.1:1', fetch: answering(json(problem, 409)).send });
  const error = await api.call('listTenants').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 409,
    problem: { title: 'Conflict' },
    message: 'listTenants: 409 Conflict: the tenant id "acme" is taken',
  });
});

test.each([
  [
    'a gateway that answers in its own words',
    new Response('Bad Gateway', { status: 502 }),
    502,
    /502 Bad Gateway/,
  ],
  ['an answer that breaks the contract', json({ items: [{ sku: 1 }] }), 200, /does not fit its schema/],
  [
    'no answer',
    new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }),
    0,
    /no answer: ECONNREFUSED/,
  ],
])('%s is an error that says so', async (_, answer, status, message) => {
  const api = applicationApi({ baseUrl: 'http://127.0.0.1:1', fetch: answering(answer).send });
  await expect(api.call('listProducts')).rejects.toMatchObject({
    status,
    message: expect.stringMatching(message),
  });
});

test('all pages of a list are read, each from where the last one ended', async () => {
  const asked: (string | undefined)[] = [];
  const items = await allPages(async ({ nextToken }) => {
    asked.push(nextToken);
    return nextToken === undefined ? { items: [1, 2], nextToken: 'b' } : { items: [3] };
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'b']);
});

test('a list that never ends is given up', async () => {
  await expect(allPages(async () => ({ items: [], nextToken: 'more' }))).rejects.toThrow('did not end');
});
