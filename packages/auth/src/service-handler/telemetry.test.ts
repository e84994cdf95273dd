import { capturedOutput } from '../testing/captured-output';
import { gatewayEvent, LAMBDA_CONTEXT, TENANT_CONTEXT } from '../testing/gateway-event';
import { PRODUCT, PRODUCT_ID, PRODUCT_INPUT, productHandler } from '../testing/product-handler';
import { createTelemetry, METRICS_NAMESPACE } from './telemetry';

const ONE = { resource: '/products/{productId}', pathParameters: { productId: PRODUCT_ID } };

const lines = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

it('a line of an operation carries the service, the route, the tenant and the tier', async () => {
  const handler = productHandler({
    getProduct: async (_request, { logger }) => {
      logger.info('looking');
      return PRODUCT;
    },
  });
  const { output } = await capturedOutput(() =>
    handler(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT),
  );
  for (const message of ['looking', 'request answered'])
    expect(lines(output).find((line) => line.message === message)).toMatchObject({
      service: 'product',
      route: 'GET /products/{productId}',
      tenantId: 'acme',
      tier: 'basic',
    });
});

it("a request's labels do not stay for the next request", async () => {
  const handler = productHandler();
  await capturedOutput(() => handler(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT));
  const { output } = await capturedOutput(() =>
    handler(
      gatewayEvent({ httpMethod: 'GET', resource: '/health/product', authorizer: null }),
      LAMBDA_CONTEXT,
    ),
  );
  expect(output).not.toContain('acme');
});

it.each([
  ['succeeds', false, 0],
  ['fails by our fault', true, 1],
])(
  'a request that %s is measured by service and by tier, with the tenant as a field',
  async (_what, fails, failures) => {
    const handler = productHandler(fails ? { getProduct: () => Promise.reject(new Error('broken')) } : {});
    const { output } = await capturedOutput(() =>
      handler(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT),
    );
    const [metric] = lines(output).filter(({ _aws }) => _aws);
    expect(metric).toMatchObject({
      Requests: 1,
      Failures: failures,
      service: 'product',
      tier: 'basic',
      tenantId: 'acme',
      route: 'GET /products/{productId}',
    });
    expect(metric._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      Dimensions: [['service'], ['service', 'tier']],
    });
  },
);

it("a service's own metrics are measured by tier too, and flushed with the request's", async () => {
  const handler = productHandler({
    createProduct: async ({ body }, { metrics }) => {
      metrics.addMetric('ProductsCreated', 'Count', 1);
      return { ...PRODUCT, ...body };
    },
  });
  const { output } = await capturedOutput(() =>
    handler(gatewayEvent({ httpMethod: 'POST', resource: '/products', body: PRODUCT_INPUT }), LAMBDA_CONTEXT),
  );
  expect(lines(output).filter(({ ProductsCreated }) => ProductsCreated === 1)).toHaveLength(1);
});

it('no credential, token or body value is logged, whatever happens and whatever is handed to the logger', async () => {
  const handler = productHandler({
    createProduct: async (request, { logger, documents }) => {
      logger.info('created', { body: request.body, headers: { authorization: 'the-token-of-ann' } });
      logger.info('session', { ...(await documents.config.credentials()) });
      throw Object.assign(new Error('refused'), {
        $response: { body: 'Anvil of acme' },
        Item: { name: { S: 'Anvil of acme' } },
        failedAssertion: { actual: 'the-token-of-ann' },
        cause: Object.assign(new Error('inner'), { input: 'Anvil of acme' }),
      });
    },
  });
  const bodies = [
    { ...PRODUCT_INPUT, name: 'Anvil of acme' },
    '{"name":"Anvil of acme"',
    { name: 'Anvil of acme' },
  ];
  for (const body of bodies) {
    const { output } = await capturedOutput(() =>
      handler(gatewayEvent({ httpMethod: 'POST', resource: '/products', body }), LAMBDA_CONTEXT),
    );
    const { accessKeyId, secretAccessKey, sessionToken } = TENANT_CONTEXT;
    for (const secret of [accessKeyId, secretAccessKey, sessionToken, 'the-token-of-ann', 'Anvil of acme'])
      expect(output).not.toContain(secret);
  }
});

it('the event is not logged even where Powertools is told to', async () => {
  process.env.POWERTOOLS_LOGGER_LOG_EVENT = 'true';
  try {
    const { output } = await capturedOutput(() =>
      productHandler()(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT),
    );
    expect(output).not.toContain('the-token-of-ann');
  } finally {
    delete process.env.POWERTOOLS_LOGGER_LOG_EVENT;
  }
});

describe('tracing', () => {
  const lambda = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is off where there is no X-Ray daemon', () => {
    Object.assign(process.env, lambda);
    expect(createTelemetry('product').tracer.isTracingEnabled()).toBe(false);
  });

  it('is on where Lambda gives a daemon, and a request outside of a segment still is answered', async () => {
    Object.assign(process.env, lambda, {
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    });
    expect(createTelemetry('product').tracer.isTracingEnabled()).toBe(true);
    const { result } = await capturedOutput(() =>
      productHandler()(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT),
    );
    expect(result.statusCode).toBe(200);
  });

  it('obeys the switch of Powertools', () => {
    Object.assign(process.env, lambda, {
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      POWERTOOLS_TRACE_ENABLED: 'false',
    });
    expect(createTelemetry('product').tracer.isTracingEnabled()).toBe(false);
  });
});

it.each([
  [
    'names a deployment',
    { METRICS_DEPLOYMENT: 'pool-us' },
    [['service'], ['service', 'tier'], ['service', 'tier', 'deployment']],
  ],
  ['names none', {}, [['service'], ['service', 'tier']]],
])('where the environment %s, requests are measured accordingly', async (_what, environment, dimensions) => {
  const handler = productHandler({}, createTelemetry('product', environment));
  const { output } = await capturedOutput(() =>
    handler(gatewayEvent({ ...ONE, httpMethod: 'GET' }), LAMBDA_CONTEXT),
  );
  const [metric] = lines(output).filter(({ _aws }) => _aws);
  expect(metric._aws.CloudWatchMetrics[0].Dimensions).toEqual(dimensions);
});
