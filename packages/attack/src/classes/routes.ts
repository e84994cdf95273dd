import { APPLICATION_ROUTES, CONTROL_ROUTES, type Route } from '@granary/api';
import type { Attempt } from '../attempt';
import { type Field, orderBody, productBody, strangersTo, type TenantField } from '../field/field';
import type { Person } from '../field/people';
import { send } from '../http';

const KIND = 'every route, role and id';
const ULID_OF_NOBODY = '01JD000000000000000000000Z';

/** Ids that are none: the keys' own separators, wild cards, variables, other spellings. */
const MALFORMED = [
  'TENANT%23acorn%230',
  '*',
  '%2A',
  '%3F',
  '%24%7Baws:userid%7D',
  '__proto__',
  'constructor',
  `${ULID_OF_NOBODY}%00`,
  ULID_OF_NOBODY.toLowerCase(),
  `PRODUCT%23${ULID_OF_NOBODY}`,
  '%F0%9F%8C%BE',
  'x'.repeat(3000),
] as const;

type Access = { readonly tenant: TenantField; readonly who: string; readonly person: Person };

/** Every route of the application plane by both roles of every tenant, with ids of all kinds. */
export function routeAttempts(field: Field): Attempt[] {
  const callers = field.tenants.flatMap((tenant): Access[] => [
    { tenant, who: 'admin', person: tenant.admin },
    { tenant, who: 'user', person: tenant.user },
  ]);
  return [
    ...callers.flatMap((caller) => APPLICATION_ROUTES.flatMap((route) => attemptsOf(field, caller, route))),
    ...callers.flatMap((caller) => CONTROL_ROUTES.map((route) => controlAttempt(field, caller, route))),
  ];
}

function attemptsOf(field: Field, access: Access, route: Route): Attempt[] {
  const { tenant, person } = access;
  const [parameter] = /\{\w+\}/.exec(route.path) ?? [];
  const permitted = route.access === 'public' || route.access.includes(person.role);
  const body = bodyOf(access, route);
  if (!parameter) {
    if (route.operation === 'createOrder') return orderAttempts(field, access, route);
    return [attempt(access, route, 'own', route.path, permitted ? 'served' : 'refused', body)];
  }
  const at = (id: string) => route.path.replace(parameter, id);
  const idsOf = (one: TenantField) => idsFor(route, one);
  const own = !permitted ? 'refused' : route.method === 'GET' ? 'served' : 'harmless';
  return [
    // The last row is the tenant's own to change; the first must be as it was in the end.
    attempt(
      access,
      route,
      'own id',
      at(idsOf(tenant).at(route.method === 'GET' ? 0 : -1) as string),
      own,
      body,
    ),
    ...strangersTo(field, tenant).map((stranger) =>
      attempt(access, route, `${stranger.tenantId}'s id`, at(idsOf(stranger)[0] as string), 'refused', body),
    ),
    ...[ULID_OF_NOBODY, ...MALFORMED].map((id) =>
      attempt(access, route, `the id ${id.slice(0, 40)}`, at(id), 'refused', body),
    ),
  ];
}

/** Ids of what a tenant has behind a route. */
function idsFor({ service }: Route, { admin, orders, products }: TenantField): readonly string[] {
  // An only administrator can be neither removed nor kept out: the attack needs it to the end.
  if (service === 'user') return [admin.userName];
  return service === 'order' ? orders : products;
}

function bodyOf({ tenant, who }: Access, { service, operation }: Route): object {
  const { tenantId, products } = tenant;
  if (service === 'order') return orderBody(tenantId, products);
  if (service !== 'user') return productBody(tenantId);
  const userName = `made-by-${who}@${tenantId}.example.com`;
  return operation === 'createUser' ? { userName, role: 'TenantUser' } : { role: 'TenantAdmin' };
}

/** An order could carry the name and price of somebody else's product. */
function orderAttempts(field: Field, access: Access, route: Route): Attempt[] {
  const { tenant } = access;
  const order = (products: readonly string[]) => orderBody(tenant.tenantId, products);
  return [
    attempt(access, route, 'own products', route.path, 'served', order(tenant.products)),
    ...strangersTo(field, tenant).flatMap((stranger) => [
      attempt(
        access,
        route,
        `products of ${stranger.tenantId}`,
        route.path,
        'refused',
        order(stranger.products),
      ),
      attempt(
        access,
        route,
        `one product of ${stranger.tenantId}`,
        route.path,
        'refused',
        order([tenant.products[0] as string, stranger.products[0] as string]),
      ),
    ]),
  ];
}

/** Operators' routes are closed to tenants; the public ones show a tenant's place, never its data. */
function controlAttempt(field: Field, access: Access, route: Route): Attempt {
  const { tenantId } = access.tenant;
  const path = route.path.replace('{tenantId}', tenantId).replace('{tenantName}', tenantId);
  return {
    ...attempt(access, route, 'the control plane', path, route.access === 'public' ? 'harmless' : 'refused'),
    run: () =>
      send({
        method: route.method,
        baseUrl: field.control.apiUrl,
        path: path.slice(1).replace('{registrationId}', 'a'.repeat(24)),
        token: access.person.idToken,
        // Nothing is made by this: the body lacks what a registration needs.
        ...(route.body ? { body: { tenantId } } : {}),
      }),
  };
}

function attempt(
  { tenant, who, person }: Access,
  route: Route,
  what: string,
  path: string,
  expected: Attempt['expected'],
  body?: object,
): Attempt {
  return {
    kind: KIND,
    name: `${tenant.tenantId}'s ${who}: ${route.operation} with ${what}`,
    expected,
    tenantId: tenant.tenantId,
    run: () =>
      send({
        method: route.method,
        baseUrl: tenant.deployment.apiUrl,
        path: path.slice(1),
        token: person.idToken,
        ...(route.ifMatch ? { headers: [['if-match', '"1"']] } : {}),
        ...(route.body ? { body } : {}),
      }),
  };
}
