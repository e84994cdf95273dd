import * as z from 'zod';
import { OPERATOR_ROLES, TENANT_ROLES } from '../role';
import { pathParameters, type Route } from '../route';
import { APPLICATION_ROUTES } from './application-routes';
import { CONTROL_ROUTES } from './control-routes';

const TABLES = [
  { plane: 'application', routes: APPLICATION_ROUTES, roles: TENANT_ROLES as readonly string[] },
  { plane: 'control', routes: CONTROL_ROUTES, roles: OPERATOR_ROLES as readonly string[] },
] as const;

const label = (route: Route) => `${route.method} ${route.path}`;

test('no route writes to the audit log or takes anything out of it', () => {
  const about = [...APPLICATION_ROUTES, ...CONTROL_ROUTES].filter(({ path }) => path.includes('audit'));
  expect(about.map(({ method }) => method)).toEqual(about.map(() => 'GET'));
  expect(about).not.toEqual([]);
});

describe.each(TABLES)('the route table of the $plane plane', ({ plane, routes, roles }) => {
  test('names each method and path once', () => {
    expect(new Set(routes.map(label)).size).toBe(routes.length);
  });

  test('names each operation once', () => {
    expect(new Set(routes.map(({ operation }) => operation)).size).toBe(routes.length);
  });

  test.each(routes.map((route) => [label(route), route] as const))('%s is whole', (_, route) => {
    expect(route.plane).toBe(plane);
    expect(Object.keys(route.params?.shape ?? {}).sort()).toEqual(pathParameters(route.path).sort());
    expect(route.response === undefined).toBe(route.success === 204);
    if (route.access !== 'public') {
      expect(route.access.length).toBeGreaterThan(0);
      expect(roles).toEqual(expect.arrayContaining([...route.access]));
    }
    if (route.method === 'GET') expect(route.body).toBeUndefined();
  });

  test('lets every service be asked for its health', () => {
    const services = [...new Set(routes.map(({ service }) => service))];
    const healthy = routes.filter(({ path }) => path.startsWith('/health/')).map(({ path }) => path.slice(8));
    expect(healthy.sort()).toEqual(services.sort());
  });

  test('bounds what a caller can send', () => {
    for (const route of routes.filter(({ body }) => body))
      expect(JSON.stringify(z.toJSONSchema(route.body as z.ZodType, { io: 'input' }))).toMatch(
        /"(maxLength|maximum|enum)"|"pattern":"[^"]*\{\d+,\d+\}/,
      );
  });
});
