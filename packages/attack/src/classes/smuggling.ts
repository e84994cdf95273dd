import type { Attempt } from '../attempt';
import { type Field, neighboursOf, productBody, strangersTo, type TenantField } from '../field/field';
import { bodyOf, type RawRequest, send } from '../http';

const KIND = 'smuggling by header, path, query and body';

type Trick = readonly [name: string, expected: Attempt['expected'], request: Omit<RawRequest, 'baseUrl'>];

/** Requests that the parts on the way may read differently. */
export async function smugglingAttempts(field: Field): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const tenant of field.tenants) {
    const victim = neighboursOf(field, tenant)[0] ?? (strangersTo(field, tenant)[0] as TenantField);
    const { tenantId, deployment } = tenant;
    const pageToken = await nextToken(victim);
    const tricks = [
      ...paths(tenant, victim),
      ...headers(tenant, victim),
      ...queries(tenant, victim, pageToken),
      ...bodies(tenant, victim),
    ];
    for (const [name, expected, request] of tricks)
      attempts.push({
        kind: KIND,
        name: `${tenantId}: ${name}`,
        expected,
        tenantId,
        run: () => send({ baseUrl: deployment.apiUrl, ...request }),
      });
    attempts.push(...gateways(field, tenant, victim));
  }
  return attempts;
}

function paths({ admin, user }: TenantField, victim: TenantField): Trick[] {
  const token = admin.idToken;
  const id = victim.products[0] as string;
  const spellings = [
    `/products/${id}`,
    `products//${id}`,
    `products/./${id}`,
    `products/x/../${id}`,
    `products/%2e%2e/products/${id}`,
    `products/..%2fproducts%2f${id}`,
    `products%2F${id}`,
    `products/${id}/`,
    `products/${id}/..`,
    `products/${id};tenant=${victim.tenantId}`,
    `products/${id}%2f..%2f${id}`,
    `products/%00${id}`,
    `products\\${id}`,
    `PRODUCTS/${id}`,
    `products/${id}.json`,
    `products/${[...id].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')}`,
    `../../${victim.deployment.apiId}/prod/products/${id}`,
    `..%2f..%2f${victim.deployment.apiId}%2fprod%2fproducts%2f${id}`,
    `tenants/${victim.tenantId}/products/${id}`,
    `${victim.tenantId}/products/${id}`,
    `_user_request_/products/${id}`,
  ].map((path): Trick => [`path ${path.slice(0, 60)}`, 'refused', { method: 'GET', path, token }]);
  // Not permitted to the user, by a spelling that the gateway's policy might not match.
  const [own] = victim.deployment === undefined ? [] : [id];
  const deletions = [
    `products/${own}`,
    `products//${own}`,
    `/products/${own}`,
    `products/${own}/`,
    `products/${own}?x`,
  ].map(
    (path): Trick => [
      `deletion as user by ${path.slice(0, 40)}`,
      'refused',
      { method: 'DELETE', path, token: user.idToken, headers: [['if-match', '"1"']] },
    ],
  );
  const methods = ['HEAD', 'PATCH', 'TRACE', 'CONNECTED', 'delete', 'PROPFIND'].map(
    (method): Trick => [
      `method ${method}`,
      method === 'HEAD' ? 'harmless' : 'refused',
      { method, path: `products/${id}`, token },
    ],
  );
  return [...spellings, ...deletions, ...methods];
}

function headers({ admin, user, products, tenantId }: TenantField, victim: TenantField): Trick[] {
  const foreign = { method: 'GET', path: `products/${victim.products[0]}` };
  const own = { method: 'DELETE', path: `products/${products[0]}`, token: user.idToken };
  const both = (first: string, second: string) => [
    ['authorization', `Bearer ${first}`] as const,
    ['Authorization', `Bearer ${second}`] as const,
  ];
  const named = (pairs: readonly (readonly [string, string])[], expected: Attempt['expected'] = 'refused') =>
    pairs.map(
      ([name, value]): Trick => [
        `header ${name}: ${value.slice(0, 40)}`,
        expected,
        { ...foreign, token: admin.idToken, headers: [[name, value]] },
      ],
    );
  return [
    [
      'two tokens, own first',
      'harmless',
      { method: 'GET', path: 'products', headers: both(admin.idToken, 'x.y.z') },
    ],
    [
      'two tokens, forged first',
      'harmless',
      { method: 'GET', path: 'products', headers: both('x.y.z', admin.idToken) },
    ],
    ['no token', 'refused', { method: 'GET', path: 'products' }],
    [
      'a token without Bearer',
      'harmless',
      { method: 'GET', path: 'products', headers: [['authorization', admin.idToken]] },
    ],
    [
      'a token as Basic',
      'refused',
      { method: 'GET', path: 'products', headers: [['authorization', `Basic ${admin.idToken}`]] },
    ],
    [
      'a token in a cookie',
      'refused',
      { method: 'GET', path: 'products', headers: [['cookie', `Authorization=${admin.idToken}`]] },
    ],
    ['a token in the query', 'refused', { method: 'GET', path: `products?Authorization=${admin.idToken}` }],
    ...named([
      ['x-amz-tenant-id', victim.tenantId],
      ['x-tenant-id', victim.tenantId],
      ['x-forwarded-host', new URL(victim.deployment.apiUrl).host],
      ['x-original-url', `/products/${victim.products[0]}`],
      ['x-rewrite-url', `/products/${victim.products[0]}`],
      ['x-api-key', 'attack'],
      ['x-amzn-apigateway-api-id', victim.deployment.apiId],
      ['x-amz-security-token', 'attack'],
      ['x-amz-target', 'DynamoDB_20120810.Scan'],
      ['x-amzn-lambda-context', JSON.stringify({ tenantId: victim.tenantId })],
      ['x-granary-admin-token', 'attack'],
      ['x-amz-invocation-type', 'Event'],
      ['transfer-encoding', 'chunked'],
      ['range', 'bytes=0-100'],
      ['if-none-match', '*'],
    ]),
    ...['x-http-method-override', 'x-http-method', 'x-method-override'].map(
      (name): Trick => [
        `${name}: DELETE on an own product as user`,
        'harmless',
        { method: 'GET', path: own.path, token: user.idToken, headers: [[name, 'DELETE']] },
      ],
    ),
    ...['*', '"*"', 'W/"1"', '"1", "2"', '"-1"', '"1e3"', '""', '"0x1"', `"${'9'.repeat(40)}"`, '"NaN"'].map(
      (tag): Trick => [
        `If-Match ${tag.slice(0, 20)} on a foreign product`,
        'refused',
        {
          ...foreign,
          method: 'PUT',
          token: admin.idToken,
          headers: [['if-match', tag]],
          body: productBody(tenantId),
        },
      ],
    ),
  ];
}

function queries(
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

function bodies({ admin, products, tenantId }: TenantField, victim: TenantField): Trick[] {
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

/** The engine's other doors to an API: by host name, by another stage, unsigned at a service. */
function gateways({ cloud }: Field, tenant: TenantField, victim: TenantField): Attempt[] {
  const { tenantId, admin } = tenant;
  const { apiId, region } = victim.deployment;
  const path = `products/${victim.products[0]}`;
  const at = (name: string, request: Omit<RawRequest, 'baseUrl'>): Attempt => ({
    kind: KIND,
    name: `${tenantId}: ${name}`,
    expected: 'refused',
    tenantId,
    run: () => send({ baseUrl: `${cloud.endpoint}/`, ...request }),
  });
  const dynamodb = { TableName: victim.deployment.productTable };
  return [
    at('another stage', {
      method: 'GET',
      path: `_aws/execute-api/${apiId}/dev/${path}`,
      token: admin.idToken,
    }),
    at('the old form of the path', { method: 'GET', path: `restapis/${apiId}/prod/_user_request_/${path}` }),
    at('DynamoDB with a token of the application', {
      method: 'POST',
      path: '',
      token: admin.idToken,
      headers: [['x-amz-target', 'DynamoDB_20120810.Scan']],
      body: dynamodb,
    }),
    at('DynamoDB unsigned', {
      method: 'POST',
      path: '',
      headers: [
        ['x-amz-target', 'DynamoDB_20120810.Scan'],
        ['x-amz-region', region],
      ],
      body: dynamodb,
    }),
    at("the engine's own operations", {
      method: 'POST',
      path: '_granary/service-session',
      body: { service: 'lambda.amazonaws.com' },
    }),
    at("the engine's reset", { method: 'POST', path: '_ministack/reset' }),
  ];
}

async function nextToken({ deployment, admin }: TenantField): Promise<string | undefined> {
  const answer = await send({
    method: 'GET',
    baseUrl: deployment.apiUrl,
    path: 'products?limit=1',
    token: admin.idToken,
  });
  return (bodyOf(answer) as { nextToken?: string } | undefined)?.nextToken;
}
