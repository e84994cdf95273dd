import type { Attempt } from '../attempt';
import { productBody, type TenantField } from '../field/field';
import type { Trick } from './trick';

/** Spellings of paths and methods. */
export function paths({ admin, user }: TenantField, victim: TenantField): Trick[] {
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

/** Headers that are doubled, foreign or wrong. */
export function headers({ admin, user, products, tenantId }: TenantField, victim: TenantField): Trick[] {
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
