import { ConflictProblem, VersionMismatchProblem } from '@granary/api';
import { type EventOptions, TENANT_CONTEXT } from '../testing/gateway-event';
import { handlerCall } from '../testing/handler-call';
import { PRODUCT, PRODUCT_ID, PRODUCT_INPUT, productHandler } from '../testing/product-handler';

const ONE = { resource: '/products/{productId}', pathParameters: { productId: PRODUCT_ID } };
const CREATE: EventOptions = { httpMethod: 'POST', resource: '/products', body: PRODUCT_INPUT };
const UPDATE: EventOptions = {
  ...ONE,
  httpMethod: 'PUT',
  body: PRODUCT_INPUT,
  headers: { 'if-match': '"3"' },
};

const call = (options: EventOptions, handler = productHandler()) => handlerCall(handler, options);

const failing = (error: unknown) =>
  call(
    { ...ONE, httpMethod: 'GET' },
    productHandler({
      getProduct: async () => {
        throw error;
      },
    }),
  );

describe('a success', () => {
  it('has the status, the body and the entity tag of its route', async () => {
    const { statusCode, headers, json } = await call(CREATE);
    expect(statusCode).toBe(201);
    expect(headers).toMatchObject({ 'Content-Type': 'application/json', ETag: '"1"' });
    expect(json).toEqual({ ...PRODUCT, version: 1 });
  });

  it('without a body is empty', async () => {
    const { statusCode, body } = await call({ ...ONE, httpMethod: 'DELETE', headers: { 'If-Match': '"3"' } });
    expect({ statusCode, body }).toEqual({ statusCode: 204, body: '' });
  });

  it('of a list has a weak entity tag, which changes with what it holds', async () => {
    const list = (limit: string) => call({ httpMethod: 'GET', resource: '/products', query: { limit } });
    const [one, again, two] = [await list('1'), await list('1'), await list('2')];
    expect(one.headers?.ETag).toMatch(/^W\/"[\w-]{27}"$/);
    expect(again.headers?.ETag).toBe(one.headers?.ETag);
    expect(two.headers?.ETag).not.toBe(one.headers?.ETag);
    expect(one.json.items).toHaveLength(1);
  });

  it.each([
    ['"3"', 304],
    ['W/"3"', 304],
    ['"1", "3"', 304],
    ['*', 304],
    ['"2"', 200],
    ['3', 200],
  ])('is left out for a caller whose If-None-Match, %s, still holds', async (tag, status) => {
    const { statusCode, headers, body } = await call({
      ...ONE,
      httpMethod: 'GET',
      headers: { 'if-none-match': tag },
    });
    expect({ statusCode, empty: body === '' }).toEqual({ statusCode: status, empty: status === 304 });
    expect(headers).toMatchObject({ ETag: '"3"' });
  });

  it('of a change is told whatever the caller has', async () => {
    const headers = { ...UPDATE.headers, 'if-none-match': '*' };
    expect((await call({ ...UPDATE, headers })).statusCode).toBe(200);
  });

  it("lets out nothing that its route's schema does not name", async () => {
    const keyed = { pk: 'TENANT#acme#0' };
    const handler = productHandler({
      getProduct: async () => ({ ...PRODUCT, ...keyed }),
      listProducts: async () => ({ items: [PRODUCT], ...keyed }),
    });
    expect((await call({ httpMethod: 'GET', resource: '/products' }, handler)).json).toEqual({
      items: [PRODUCT],
    });
    const strict = await call({ ...ONE, httpMethod: 'GET' }, handler);
    expect(strict.statusCode).toBe(500);
    expect(strict.body).not.toContain('TENANT#');
  });

  it('hands the version of If-Match, in any case of the name, to the operation', async () => {
    expect((await call(UPDATE)).headers).toMatchObject({ ETag: '"4"' });
  });

  it('takes a body in base64', async () => {
    const body = Buffer.from(JSON.stringify(PRODUCT_INPUT)).toString('base64');
    expect((await call({ ...CREATE, body, isBase64Encoded: true })).statusCode).toBe(201);
  });
});

describe('a caller', () => {
  it('without the role is turned away, before the request is looked at', async () => {
    const { statusCode, json } = await call({
      ...ONE,
      httpMethod: 'DELETE',
      authorizer: { ...TENANT_CONTEXT, role: 'TenantUser' },
    });
    expect(statusCode).toBe(403);
    expect(json.detail).toBe('your role, TenantUser, does not permit this');
  });

  it.each([
    ['nothing', null],
    ['no tenant', { ...TENANT_CONTEXT, tenantId: undefined }],
    ['a tenant id with a separator', { ...TENANT_CONTEXT, tenantId: 'acme#x' }],
    ["an operator's role", { ...TENANT_CONTEXT, role: 'SystemAdmin' }],
    ['no credentials', { ...TENANT_CONTEXT, sessionToken: '' }],
  ])('of whom the authorizer wrote %s is not served, and the log says why', async (_what, authorizer) => {
    const { statusCode, output } = await call({ ...ONE, httpMethod: 'GET', authorizer });
    expect(statusCode).toBe(401);
    expect(output).toContain('authorizer context: missing or malformed');
  });

  it('needs no sign-in for a public route', async () => {
    const { json } = await call({ httpMethod: 'GET', resource: '/health/product', authorizer: null });
    expect(json).toEqual({ service: 'product', status: 'ok' });
  });

  it('reaches its own rows by credentials of its own', async () => {
    let used: object | undefined;
    const handler = productHandler({
      getProduct: async (_request, { documents }) => {
        used = await documents.config.credentials();
        return PRODUCT;
      },
    });
    await call({ ...ONE, httpMethod: 'GET' }, handler);
    expect(used).toMatchObject({ accessKeyId: TENANT_CONTEXT.accessKeyId });
  });
});

describe('an error', () => {
  const named = (name: string, more: object = {}) =>
    Object.assign(new Error('from the SDK'), { name, ...more });

  it.each<[string, unknown, number]>([
    ['of a problem is that problem', new VersionMismatchProblem('read it again'), 412],
    ['of another problem too', new ConflictProblem('taken'), 409],
    ['of refused access to rows means not allowed', named('AccessDeniedException'), 403],
    [
      'of a freeze means try again, not that the caller may not',
      Object.assign(
        new Error(
          'User: arn:aws:sts::222222222222:assumed-role/tenant/acme is not authorized to perform: dynamodb:PutItem on resource: products with an explicit deny in an identity-based policy',
        ),
        { name: 'AccessDeniedException' },
      ),
      503,
    ],
    ['of a throttled table means try again', named('ProvisionedThroughputExceededException'), 429],
    [
      'of a throttled transaction too',
      named('TransactionCanceledException', {
        CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
      }),
      429,
    ],
    [
      'of a transaction that met another one means try again',
      named('TransactionCanceledException', {
        CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
      }),
      503,
    ],
    ['of a write that met a transaction too', named('TransactionConflictException'), 503],
    ['of any other kind is ours', named('ValidationException'), 500],
    ['that is no Error is ours', 'text', 500],
  ])('%s', async (_what, error, status) => {
    const { statusCode, json } = await failing(error);
    expect(statusCode).toBe(status);
    expect(json.status).toBe(status);
  });

  it('of ours is logged with its cause and never told', async () => {
    const { body, output } = await failing(
      new Error('table products-7 is gone', { cause: new Error('deep cause') }),
    );
    expect(body).not.toMatch(/products-7|deep/);
    expect(output).toContain('table products-7 is gone');
    expect(output).toContain('deep cause');
  });

  it('of a response that its schema refuses is ours; the log names the place, not the value', async () => {
    const handler = productHandler({
      getProduct: async () => ({ ...PRODUCT, price: 'value-of-acme' as never }),
    });
    const { statusCode, output } = await call({ ...ONE, httpMethod: 'GET' }, handler);
    expect(statusCode).toBe(500);
    expect(output).toContain('does not match its schema at /price');
    expect(output).not.toContain('value-of-acme');
  });

  it.each(['ThrottlingException', 'TransactionConflictException'])(
    '%s says when to come back',
    async (name) => {
      const { headers, json } = await failing(named(name));
      expect(headers).toMatchObject({ 'Retry-After': '1', 'Content-Type': 'application/problem+json' });
      expect(json.detail).toMatch(/again/);
    },
  );
});

it('every answer can be read by a browser and is kept by no cache', async () => {
  const answers = [
    () => call(CREATE),
    () => call({ ...CREATE, body: '' }),
    () => failing(new Error('x')),
    () => call({ httpMethod: 'GET', resource: '/secrets' }),
  ];
  for (const answer of answers)
    expect((await answer()).headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-store',
    });
});
