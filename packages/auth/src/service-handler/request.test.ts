import type { APIGatewayProxyResult } from 'aws-lambda';
import fc from 'fast-check';
import { capturedOutput } from '../testing/captured-output';
import { type EventOptions, gatewayEvent, LAMBDA_CONTEXT } from '../testing/gateway-event';
import { handlerCall } from '../testing/handler-call';
import { PRODUCT_ID, PRODUCT_INPUT, productHandler } from '../testing/product-handler';
import { MAX_BODY_BYTES } from './json-body';

const CREATE: EventOptions = { httpMethod: 'POST', resource: '/products', body: PRODUCT_INPUT };
const UPDATE: EventOptions = {
  httpMethod: 'PUT',
  resource: '/products/{productId}',
  pathParameters: { productId: PRODUCT_ID },
  body: PRODUCT_INPUT,
  headers: { 'If-Match': '"3"' },
};

const call = (options: EventOptions) => handlerCall(productHandler(), options);

describe('a request that is wrong', () => {
  it('is told all that is wrong at once, wherever it is', async () => {
    const { statusCode, headers, json } = await call({
      ...UPDATE,
      pathParameters: { productId: 'nope' },
      body: { sku: '', price: -1, category: 'c', 'a/b': 1 },
      headers: { 'If-Match': 'W/"3"' },
    });
    expect(statusCode).toBe(400);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json' });
    expect(json).toMatchObject({ type: 'urn:granary:problem:invalid-request', instance: 'request-1' });
    expect(
      json.violations.map(({ in: place, pointer }: Record<string, string>) => `${place} ${pointer}`).sort(),
    ).toEqual(['body /a~1b', 'body /name', 'body /price', 'body /sku', 'header If-Match', 'path productId']);
  });

  it.each<[string, EventOptions, number, string]>([
    [
      'a limit that is no number',
      { httpMethod: 'GET', resource: '/products', query: { limit: 'x' } },
      400,
      'limit',
    ],
    [
      'a limit twice',
      { httpMethod: 'GET', resource: '/products', query: { limit: ['1', '2'] } },
      400,
      'once',
    ],
    ['no body', { ...CREATE, body: undefined }, 400, 'must be a JSON document'],
    ['a body that is no JSON', { ...CREATE, body: '{"sku"' }, 400, 'must be a JSON document'],
    [
      'a body of another type',
      { ...CREATE, headers: { 'content-type': 'text/xml' } },
      400,
      'application/json',
    ],
    ['a prototype in the body', { ...CREATE, body: '{"__proto__":{"sku":"x"}}' }, 400, '__proto__'],
    ['a body that is too large', { ...CREATE, body: 'x'.repeat(MAX_BODY_BYTES + 1) }, 413, 'at most 65536'],
    ['no If-Match', { ...UPDATE, headers: {} }, 428, 'If-Match'],
    ['no such resource', { httpMethod: 'GET', resource: '/secrets' }, 404, 'no such route'],
    ['no such method', { httpMethod: 'PATCH', resource: '/products' }, 404, 'no such route'],
    ["another service's resource", { httpMethod: 'GET', resource: '/orders' }, 404, 'no such route'],
  ])('with %s gets its answer', async (_what, options, status, words) => {
    const { statusCode, body, output } = await call(options);
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(output).not.toContain('"level":"ERROR"');
  });

  it('cannot make the answer grow by fields that are not known', async () => {
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field-${index}`, 1]));
    expect((await call({ ...CREATE, body })).body.length).toBeLessThan(8000);
  });
});

it.each([
  ['half a surrogate pair', '\\ud800', 400],
  ['the other half', 'a\\uDC00b', 400],
  ['a whole pair', '\\ud83c\\udf3e', 201],
  ['the text of an escape', '\\\\ud800', 201],
])('a name that holds %s', async (_what, name, status) => {
  const body = JSON.stringify({ ...PRODUCT_INPUT, name: '@' }).replace('@', name);
  expect((await call({ ...CREATE, body })).statusCode).toBe(status);
});

it('a body that is nested too deep for a walk is refused', async () => {
  const body = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  expect((await call({ ...CREATE, body })).statusCode).toBe(400);
});

it('whatever the body, the answer is one of the statuses that the route may give', async () => {
  const handler = productHandler();
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
      const { result } = await capturedOutput<APIGatewayProxyResult>(() =>
        handler(gatewayEvent({ ...CREATE, body }), LAMBDA_CONTEXT),
      );
      expect([201, 400]).toContain(result.statusCode);
    }),
  );
});
