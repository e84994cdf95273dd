import { APPLICATION_ROUTES } from '@granary/api';
import type { Tier } from '@granary/manifest';
import { deploymentTargets } from '@granary/manifest';
import type { Template } from 'aws-cdk-lib/assertions';
import { DeploymentStage } from '../stage';
import { statementsOf } from '../testing/policy';
import { resolvedTemplate } from '../testing/resolved-template';
import { routesOf } from '../testing/routes';
import {
  INLINE_CODE,
  resources,
  sampleApp,
  sampleManifest,
  sampleTenant,
  stageTemplate,
} from '../testing/sample';
import { functionOptions } from './function-options';

const tier = (changes: Partial<Tier> = {}) =>
  ({
    model: 'pool',
    throttle: { burst: 50, rate: 20 },
    quota: { requestsPerDay: 1000 },
    ...changes,
  }) as const;

/** The template of a deployment of the sample manifest with changes. */
function deployment(id: string, changes: Parameters<typeof sampleManifest>[0] = {}): Template {
  const manifest = sampleManifest(changes);
  const target = deploymentTargets(manifest).find((each) => each.id === id);
  if (!target) throw new Error(`no deployment "${id}"`);
  const stage = new DeploymentStage(sampleApp(), target, { manifest, code: INLINE_CODE });
  return resolvedTemplate(stageTemplate(stage));
}

/** The functions that requests pass through: what meters and watches them serves no tenant. */
const functionsOf = (template: Template) =>
  Object.entries(resources(template, 'AWS::Lambda::Function')).flatMap(([id, { Properties }]) => {
    const name = /^(Product|Order|Usage|Authorizer)/.exec(id)?.[0];
    return name ? [{ name, ...Properties }] : [];
  }) as readonly { name: string; TenancyConfig?: object; ReservedConcurrentExecutions?: number }[];

const tenantHeader = (properties: Record<string, unknown>) =>
  (properties.Integration as { RequestParameters?: Record<string, string> }).RequestParameters?.[
    'integration.request.header.X-Amz-Tenant-Id'
  ];

let plain: Template;
beforeAll(() => {
  plain = deployment('pool-us');
});

test.each([
  ['THROTTLED', "'1'"],
  ['QUOTA_EXCEEDED', "'3600'"],
])('%s is a problem document that says when to come back and that a browser may read', (type, wait) => {
  const found = Object.values(resources(plain, 'AWS::ApiGateway::GatewayResponse')).find(
    ({ Properties }) => Properties.ResponseType === type,
  );
  expect(found?.Properties).toMatchObject({
    StatusCode: '429',
    ResponseParameters: {
      'gatewayresponse.header.Retry-After': wait,
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
      'gatewayresponse.header.Access-Control-Expose-Headers': expect.stringContaining('Retry-After'),
    },
  });
  expect(JSON.parse(found?.Properties.ResponseTemplates['application/json'])).toMatchObject({ status: 429 });
});

test('a silo tenant’s own limits are those of its plan', () => {
  const tenants = [sampleTenant('acme', { ring: 'canary', quota: { requestsPerDay: 77 } })];
  const [plan] = Object.values(resources(deployment('acme', { tenants }), 'AWS::ApiGateway::UsagePlan'));
  expect(plan?.Properties).toMatchObject({
    Quota: { Limit: 77, Period: 'DAY' },
    Throttle: { BurstLimit: 50, RateLimit: 20 },
  });
});

test('the usage function reads counts and limits of usage plans and nothing else', () => {
  const gateway = statementsOf(plain, 'Usage').filter(
    ({ actions }) => !/^(logs|xray):/.test(actions[0] ?? ''),
  );
  expect(gateway.map(({ actions }) => actions)).toEqual([['apigateway:GET']]);
  expect(JSON.stringify(gateway[0]?.resources)).toMatch(/\/usageplans".*\/usageplans\/\*\/usage"/);
});

test('the control plane changes no plan of the stack', () => {
  const policies = Object.entries(resources(plain, 'AWS::IAM::Policy'));
  const statements = policies
    .filter(([id]) => id.startsWith('Provisioning'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  const [denial, ...others] = statements.filter(({ Effect }) => Effect === 'Deny');
  expect(others).toEqual([]);
  expect(denial.Action.sort()).toEqual(['apigateway:DELETE', 'apigateway:PATCH']);
  const plans = Object.keys(resources(plain, 'AWS::ApiGateway::UsagePlan'));
  expect(plans).toHaveLength(2);
  for (const plan of plans)
    expect(JSON.stringify(denial.Resource)).toContain(`/usageplans/",{"Ref":"${plan}"}`);
});

test('without a word of the manifest, functions are shared and reserve nothing', () => {
  for (const each of functionsOf(plain)) {
    expect(each.TenancyConfig).toBeUndefined();
    expect(each.ReservedConcurrentExecutions).toBeUndefined();
  }
  expect(routesOf(plain).flatMap(({ properties }) => tenantHeader(properties) ?? [])).toEqual([]);
});

test('tiers that isolate tenants get an environment per tenant, named by the authorizer and never by the caller', () => {
  const isolated = tier({ tenantIsolation: 'per-tenant' });
  const platinum = tier({ model: 'silo' });
  const template = deployment('pool-us', { tiers: { basic: isolated, premium: isolated, platinum } });
  for (const { name, TenancyConfig } of functionsOf(template))
    expect([name, TenancyConfig]).toEqual([
      name,
      name === 'Authorizer' ? undefined : { TenantIsolationMode: 'PER_TENANT' },
    ]);
  for (const { method, path, properties } of routesOf(template)) {
    const route = APPLICATION_ROUTES.find((each) => each.method === method && each.path === path);
    expect(tenantHeader(properties)).toBe(
      route?.access === 'public' ? "'granary:public'" : 'context.authorizer.tenantId',
    );
  }
});

test('the services of a pool reserve the sum of what its tiers bring', () => {
  const tiers = {
    basic: tier({ reservedConcurrency: 20 }),
    premium: tier({ reservedConcurrency: 30 }),
    platinum: tier({ model: 'silo', reservedConcurrency: 5 }),
  };
  const reserved = functionsOf(deployment('pool-us', { tiers })).map((each) => [
    each.name,
    each.ReservedConcurrentExecutions,
  ]);
  expect(new Map(reserved as [string, number][])).toEqual(
    new Map([
      ['Authorizer', undefined],
      ['Product', 50],
      ['Order', 50],
      ['Usage', undefined],
    ]),
  );
});

test('one tier without a reservation leaves the functions to the account', () => {
  const named = (name: string, changes: Partial<Tier>) => ({
    name,
    shards: 4,
    tenantIsolation: 'shared' as const,
    applicationPlane: 'granary' as const,
    ...tier(changes),
  });
  const options = functionOptions([named('basic', { reservedConcurrency: 20 }), named('premium', {})]);
  expect(options).toEqual({ tenantIsolation: 'shared', reservedConcurrency: undefined });
});
