import { CONTROL_ROUTES, TENANT_ROUTES } from '@granary/api';
import { RouteTableError } from '../errors';
import type { EventOptions } from '../testing/gateway-event';
import { handlerCall } from '../testing/handler-call';
import { controlHandler } from './control-handler';
import type { ServiceHandler } from './service-handler';

const call = (options: EventOptions, handler: ServiceHandler) => handlerCall(handler, options);

it('two routes that answer the same request are refused when the handler is made', () => {
  const routes = [TENANT_ROUTES[0], TENANT_ROUTES[0]] as const;
  expect(() => controlHandler({ service: 'tenant', routes, operations: {} as never })).toThrow(
    RouteTableError,
  );
});

it('the compiler refuses a route without its operation, and an answer of another shape', () => {
  const [, , , , health] = TENANT_ROUTES;
  // @ts-expect-error readTenantHealth is missing
  controlHandler({ service: 'tenant', routes: [health], operations: {} });
  // @ts-expect-error a health has a status
  controlHandler({ service: 'tenant', routes: [health], operations: { readTenantHealth: async () => ({}) } });
});

describe('on the control plane', () => {
  const operator = { userId: 'u', userName: 'olga', role: 'CustomerSupport' };
  const handler = controlHandler({
    service: 'tenant',
    routes: TENANT_ROUTES,
    operations: {
      listTenants: async (_request, { principal }) => ({ items: [], nextToken: principal.userName }),
      getTenant: async () => {
        throw Object.assign(new Error('our role is too narrow'), { name: 'AccessDeniedException' });
      },
      listDeployments: async () => ({ items: [] }),
      getTenantConfig: async ({ params }) => ({
        tenantId: params.tenantName,
        name: 'Acme',
        region: 'us-east-1',
        apiUrl: 'https://api.example',
        userPoolId: 'p',
        userPoolClientId: 'c',
      }),
      readOpenApi: async () => ({ openapi: '3.1.0', paths: {} }),
      readTenantHealth: async () => ({ service: 'tenant', status: 'ok' as const }),
    },
  });

  it('an operation is given the operator', async () => {
    const { json } = await call({ httpMethod: 'GET', resource: '/tenants', authorizer: operator }, handler);
    expect(json.nextToken).toBe('olga');
  });

  it("a tenant's caller is not served", async () => {
    const { statusCode } = await call({ httpMethod: 'GET', resource: '/tenants' }, handler);
    expect(statusCode).toBe(401);
  });

  it('refused access is our fault, since the rights are ours', async () => {
    const path = { resource: '/tenants/{tenantId}', pathParameters: { tenantId: 'acme' } };
    expect((await call({ ...path, httpMethod: 'GET', authorizer: operator }, handler)).statusCode).toBe(500);
  });

  it('each route is served by one service', () => {
    const keys = CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
