import { APPLICATION_ROUTES, CONTROL_ROUTES, ROLES, type Role, type Route } from '@granary/api';
import fc from 'fast-check';
import { RouteTableError } from './errors';
import { denyAll, MAX_POLICY_BYTES, rolePolicy, stageArn } from './permissions';
import { APPLICATION_DECISIONS, CONTROL_DECISIONS } from './permissions.decisions';
import { policyVerdict } from './testing/policy-verdict';

const STAGE = 'arn:aws:execute-api:us-east-1:222222222222:abc123/prod';

describe.each([
  ['application', APPLICATION_ROUTES, APPLICATION_DECISIONS],
  ['control', CONTROL_ROUTES, CONTROL_DECISIONS],
] as const)('on the %s plane', (_plane, routes, decisions) => {
  it.each(decisions)('$verdict: $role $method /$path, because $why', ({ role, method, path, verdict }) => {
    expect(policyVerdict(rolePolicy(routes, role, STAGE), `${STAGE}/${method}/${path}`)).toBe(verdict);
  });

  it.each(ROLES)('the policy of %s agrees with the access of each guarded route', (role) => {
    const policy = rolePolicy(routes, role, STAGE);
    const verdicts = routes
      .filter(({ access }) => access !== 'public')
      .map(({ method, path, access }) => ({
        route: `${method} ${path}`,
        expected: access.includes(role) ? 'allow' : 'deny',
        verdict: policyVerdict(policy, `${STAGE}/${method}${path.replaceAll(/\{\w+\}/g, 'x1')}`),
      }));
    expect(verdicts.filter(({ expected, verdict }) => expected !== verdict)).toEqual([]);
  });

  it.each(ROLES)('the policy of %s opens no other API and no other stage', (role) => {
    const policy = rolePolicy(routes, role, STAGE);
    const elsewhere = [
      'arn:aws:execute-api:us-east-1:222222222222:other/prod',
      STAGE.replace('prod', 'test'),
    ];
    for (const stage of elsewhere)
      for (const { method, path } of routes)
        expect(policyVerdict(policy, `${stage}/${method}${path}`)).toBe('deny');
  });

  it.each(ROLES)('the policy of %s stays within its bound', (role) => {
    expect(JSON.stringify(rolePolicy(routes, role, STAGE)).length).toBeLessThan(MAX_POLICY_BYTES / 2);
  });
});

it('a denial of all reaches every path of the stage', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), (path, method) => {
      expect(policyVerdict(denyAll(STAGE), `${STAGE}/${method}${path}`)).toBe('deny');
    }),
  );
});

it('a path that no route has is never allowed to anyone', () => {
  const known = APPLICATION_ROUTES.map(({ path }) => path.split('/')[1]);
  fc.assert(
    fc.property(fc.constantFrom(...ROLES), fc.webPath(), (role, path) => {
      fc.pre(!known.includes(path.split('/')[1]));
      expect(policyVerdict(rolePolicy(APPLICATION_ROUTES, role, STAGE), `${STAGE}/GET${path}`)).toBe('deny');
    }),
  );
});

const route = (over: Partial<Route>): Route => ({
  plane: 'application',
  service: 'product',
  operation: 'x',
  method: 'GET',
  path: '/x',
  access: ['TenantAdmin'],
  summary: '',
  success: 200,
  ...over,
});

it('a route below a permitted one stays shut, although the wild card of the permission reaches it', () => {
  const routes = [
    route({ path: '/products/{productId}', access: ['TenantAdmin', 'TenantUser'] }),
    route({ path: '/products/{productId}/cost', access: ['TenantAdmin'] }),
  ];
  const verdict = (role: Role) =>
    policyVerdict(rolePolicy(routes, role, STAGE), `${STAGE}/GET/products/1/cost`);
  expect([verdict('TenantAdmin'), verdict('TenantUser')]).toEqual(['allow', 'deny']);
});

it('a denial that would hit a permitted route is refused when the policy is made', () => {
  const routes = [
    route({ path: '/products/{productId}', access: ['TenantAdmin'] }),
    route({ path: '/products/{productId}/tags', access: ['TenantUser'] }),
  ];
  expect(() => rolePolicy(routes, 'TenantUser', STAGE)).toThrow(
    'denying TenantUser GET/products/* also denies GET/products/*/tags: rename one path',
  );
});

it('a policy that outgrows its bound is refused when it is made', () => {
  const routes = Array.from({ length: 200 }, (_, index) => route({ path: `/collection-${index}/{id}` }));
  expect(() => rolePolicy(routes, 'TenantAdmin', STAGE)).toThrow(RouteTableError);
});

it('the stage is taken from the ARN of a method', () => {
  expect(stageArn(`${STAGE}/GET/products/1`)).toBe(STAGE);
  expect(stageArn(`${STAGE}/GET/`)).toBe(STAGE);
});

it.each(['', '*', 'arn:aws:execute-api:us-east-1:222222222222:*/prod/GET/', `${STAGE}`])(
  'what is no ARN of a method gives no stage: %p',
  (arn) => {
    expect(() => stageArn(arn)).toThrow(RouteTableError);
  },
);
