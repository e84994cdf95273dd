import type { Attempt } from '../attempt';
import { productBody, type TenantField } from '../field/field';
import type { Trick } from './trick';

/** Queries that name others, or page tokens of others. */
export function queries(
  { admin, tenantId }: TenantField,
  victim: TenantField,
  pageToken: string | undefined,
): Trick[] {
  const token = admin.idToken;
  const list = (query: string, expected: Attempt['expected'] = 'harmless'): Trick => [
    `products?${query.slice(0, 60)}`,
    expected,
    { method: 'GET', path: `products?${query}`, token },
  ];
  const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sk = `PRODUCT#${victim.products[0]}`;
  return [
    list(`tenantId=${victim.tenantId}`),
    list(`tenant=${victim.tenantId}&custom:tenantId=${victim.tenantId}`),
    list(`limit=1&limit=100`, 'refused'),
    list('limit=1000000', 'refused'),
    list('limit=-1', 'refused'),
    list('limit[]=1'),
    list('__proto__[tenantId]=x'),
    list(
      `nextToken=${encodeURIComponent(made({ shard: 0, sk, pk: `TENANT#${victim.tenantId}#0` }))}`,
      'refused',
    ),
    list(`nextToken=${encodeURIComponent(made({ pk: `TENANT#${victim.tenantId}#0`, sk }))}`, 'refused'),
    list(`nextToken=${encodeURIComponent(made({ shard: 0, sk }))}`),
    list(`nextToken=${encodeURIComponent(made({ shard: `0#TENANT#${victim.tenantId}`, sk }))}`, 'refused'),
    list(`nextToken=${encodeURIComponent(made({ shard: 1e9, sk }))}`, 'refused'),
    list(`nextToken=${'A'.repeat(5000)}`, 'refused'),
    ...(pageToken
      ? [
          list(`nextToken=${encodeURIComponent(pageToken)}&limit=5`),
          list(`nextToken=${encodeURIComponent(pageToken)}x`, 'refused'),
        ]
      : []),
    [
      `orders with the products' page token of ${victim.tenantId}`,
      'refused',
      {
        method: 'GET',
        path: `orders?nextToken=${encodeURIComponent(pageToken ?? made({ shard: 0, sk }))}`,
        token,
      },
    ],
    ['a fragment', 'harmless', { method: 'GET', path: `products#${tenantId}`, token }],
  ];
}

/** Bodies that say more than they may, or that no store takes. */
export function bodies({ admin, products, tenantId }: TenantField, victim: TenantField): Trick[] {
  const token = admin.idToken;
  const good = productBody(tenantId);
  const create = (name: string, body: unknown, expected: Attempt['expected'] = 'refused'): Trick => [
    `body with ${name}`,
    expected,
    { method: 'POST', path: 'products', token, body },
  ];
  const text = JSON.stringify(good);
  const open = text.slice(0, -1);
  return [
    create('a tenant id', { ...good, tenantId: victim.tenantId }),
    create('a partition key', { ...good, pk: `TENANT#${victim.tenantId}#0` }),
    create("another's product id", { ...good, productId: victim.products[0] }),
    create('a version', { ...good, version: 99 }),
    create('__proto__', `${open},"__proto__":{"tenantId":"${victim.tenantId}"}}`),
    create('constructor', `${open},"constructor":{"prototype":{"tenantId":"${victim.tenantId}"}}}`),
    create('a member twice', `${open},"sku":"second"}`, 'harmless'),
    create('100 KB', { ...good, name: 'x'.repeat(100_000) }),
    create('2 MB', 'x'.repeat(2_000_000)),
    create(
      'ten thousand members',
      Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, 1])),
    ),
    create('deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    create('no JSON', '<product/>'),
    create('a JSON text', '"product"'),
    create('null', 'null'),
    create('nothing', ''),
    create('a number too large', `{"sku":"a","name":"a","category":"a","price":1e400}`),
    create('half a character', `{"sku":"a","name":"\\ud800","category":"a","price":1}`, 'harmless'),
    [
      'an order with a foreign product by another spelling',
      'refused',
      {
        method: 'POST',
        path: 'orders',
        token,
        body: { orderName: 'x', orderProducts: [{ productId: `${victim.products[0]} `, quantity: 1 }] },
      },
    ],
    [
      'an order that sets its price',
      'refused',
      {
        method: 'POST',
        path: 'orders',
        token,
        body: { orderName: 'x', orderProducts: [{ productId: products[0], quantity: 1, price: 0 }] },
      },
    ],
    [
      'an order that sets its total',
      'refused',
      {
        method: 'POST',
        path: 'orders',
        token,
        body: { orderName: 'x', total: 0, orderProducts: [{ productId: products[0], quantity: 1 }] },
      },
    ],
  ];
}
