import { canary, MAXIMUM_FLOWS } from './canary';
import { newPassword } from './canary-user';

const NOW = new Date('2026-03-02T12:00:00.000Z');

interface Catalogue {
  readonly asked: string[];
  readonly fetch: typeof globalThis.fetch;
  readonly products: Map<string, { productId: string; createdAt: string }>;
}

/** A catalogue behind fetch; `fault` may answer in its place. */
function catalogue(
  fault: (method: string, path: string) => Response | undefined = () => undefined,
): Catalogue {
  const asked: string[] = [];
  const products = new Map<string, { productId: string; createdAt: string }>();
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    asked.push(`${method} ${url.pathname}`);
    const headers = new Headers(init?.headers);
    if (url.pathname.includes('/health/')) return Response.json({ status: 'ok' });
    if (headers.get('authorization') !== 'Bearer token') return new Response(null, { status: 401 });
    const broken = fault(method, url.pathname);
    if (broken) return broken;
    const id = url.pathname.split('/products/')[1];
    if (method === 'POST') {
      const productId = String(products.size + 1).padStart(26, '0');
      const product = {
        productId,
        version: 1,
        createdAt: NOW.toISOString(),
        updatedAt: NOW.toISOString(),
        ...JSON.parse(String(init?.body)),
      };
      products.set(productId, product);
      return Response.json(product, { status: 201 });
    }
    if (id === undefined) return Response.json({ items: [...products.values()] });
    if (method === 'DELETE') {
      expect(headers.get('if-match')).toBe('"1"');
      products.delete(id);
      return new Response(null, { status: 204 });
    }
    return Response.json(products.get(id));
  };
  return { asked, fetch, products };
}

function start({ fetch }: Catalogue, signIn?: () => Promise<string>) {
  let time = 0;
  let marker = 0;
  return canary({
    baseUrl: 'https://api.example.com/prod/',
    ...(signIn ? { signIn } : {}),
    fetch,
    clock: () => {
      time += 1;
      return time;
    },
    now: () => NOW,
    newMarker: () => {
      marker += 1;
      return String(marker);
    },
  });
}

test('a flow signs in, makes a product, reads it, lists it and removes it', async () => {
  const shop = catalogue();
  await expect(start(shop, async () => 'token')(1)).resolves.toMatchObject({
    requests: 5,
    failed: 0,
    failures: [],
  });
  expect(shop.asked.map((each) => each.replace(/0+1$/, '<id>'))).toEqual([
    'POST /prod/products',
    'GET /prod/products/<id>',
    'GET /prod/products',
    'DELETE /prod/products/<id>',
  ]);
  expect(shop.products.size).toBe(0);
});

test('one sign-in serves many calls, and a call makes no more flows than it may', async () => {
  const shop = catalogue();
  let signIns = 0;
  const run = start(shop, async () => {
    signIns += 1;
    return 'token';
  });
  await run(3);
  await run(1000);
  expect(signIns).toBe(1);
  expect(shop.asked.filter((each) => each.startsWith('POST'))).toHaveLength(3 + MAXIMUM_FLOWS);
  expect(shop.products.size).toBe(0);
});

test('an operation that fails is told with its status, and what was made is removed all the same', async () => {
  const shop = catalogue((method, path) =>
    method === 'GET' && path.includes('/products/') ? new Response('{}', { status: 500 }) : undefined,
  );
  const report = await start(shop, async () => 'token')(2);
  expect(report).toMatchObject({
    failed: 2,
    failures: [{ operation: 'getProduct', reason: '500' }, { operation: 'getProduct' }],
  });
  expect(shop.products.size).toBe(0);
});

test('a sign-in that fails is the only request, told by the error’s name alone', async () => {
  const shop = catalogue();
  const report = await start(shop, async () => {
    throw new TypeError('the password was hunter2');
  })(5);
  expect(report).toEqual({
    requests: 1,
    failed: 1,
    failures: [{ operation: 'signIn', reason: 'TypeError' }],
    slowest: 0,
  });
  expect(shop.asked).toEqual([]);
});

test('what an earlier canary left behind is removed once it is old', async () => {
  const shop = catalogue();
  const left = {
    sku: 'canary-x',
    name: 'Canary',
    price: 1,
    category: 'canary',
    version: 1,
    updatedAt: NOW.toISOString(),
  };
  const old = { ...left, productId: 'A'.repeat(26), createdAt: '2026-03-02T11:00:00.000Z' };
  const young = { ...left, productId: 'B'.repeat(26), createdAt: '2026-03-02T11:59:00.000Z' };
  for (const product of [old, young]) shop.products.set(product.productId, product);
  await start(shop, async () => 'token')(1);
  expect([...shop.products.keys()]).toEqual([young.productId]);
});

test('a visitor asks for health, and must be turned away from the catalogue', async () => {
  const shop = catalogue();
  await expect(start(shop)(1)).resolves.toMatchObject({ requests: 3, failed: 0 });
});

test('every password is new and holds each kind of character', () => {
  const passwords = Array.from({ length: 50 }, newPassword);
  expect(new Set(passwords).size).toBe(50);
  for (const password of passwords) {
    expect(password).toHaveLength(32);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[-_.!]/]) expect(password).toMatch(kind);
  }
});
