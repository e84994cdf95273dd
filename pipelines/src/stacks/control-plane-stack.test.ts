import { CONTROL_ROUTES } from '@granary/api';
import type { Template } from 'aws-cdk-lib/assertions';
import { policyStatements, statementsOf } from '../testing/policy';
import { routesOf } from '../testing/routes';
import { controlPlaneTemplate, resources } from '../testing/sample';

let template: Template;
beforeAll(() => {
  template = controlPlaneTemplate();
});

test('the API has every route of the table and no other', () => {
  const served = routesOf(template).map(({ method, path }) => `${method} ${path}`);
  expect(served.sort()).toEqual(CONTROL_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

test.each(CONTROL_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s asks for an operator unless it is public',
  (name, { access }) => {
    const found = routesOf(template).find(({ method, path }) => `${method} ${path}` === name);
    expect(found?.properties.AuthorizationType).toBe(access === 'public' ? 'NONE' : 'CUSTOM');
  },
);

test('sign-up, which anyone may call, is bounded more tightly than the rest', () => {
  const [stage] = Object.values(resources(template, 'AWS::ApiGateway::Stage'));
  const settings: { ResourcePath: string; HttpMethod: string; ThrottlingRateLimit: number }[] =
    stage?.Properties.MethodSettings;
  const all = settings.find(({ ResourcePath }) => ResourcePath === '/*');
  const signUp = settings.find(({ ResourcePath }) => ResourcePath === '/~1registrations');
  const retry = settings.find(({ ResourcePath }) => ResourcePath.endsWith('{registrationId}~1retry'));
  expect(retry).toMatchObject({ HttpMethod: 'POST', ThrottlingRateLimit: 2 });
  expect(signUp).toMatchObject({ HttpMethod: 'POST', ThrottlingRateLimit: 2 });
  expect(all?.ThrottlingRateLimit).toBeGreaterThan(2);
});

test('only the pipeline’s registrar and deployer call the deployment function from outside', () => {
  const outside = Object.values(resources(template, 'AWS::Lambda::Permission'))
    .filter(({ Properties }) => !String(Properties.Principal).endsWith('.amazonaws.com'))
    .map(({ Properties }) => Properties);
  expect(outside.map(({ Action, Principal }) => [Action, Principal])).toEqual([
    ['lambda:InvokeFunction', 'arn:aws:iam::111111111111:role/granary-deployment-registrar'],
    ['lambda:InvokeFunction', 'arn:aws:iam::111111111111:role/granary-release-deployer'],
  ]);
  expect(JSON.stringify(outside.map(({ FunctionName }) => FunctionName))).not.toMatch(
    /Ref":"(?!FunctionsDeploymentLive)/,
  );
});

test('the deployment function has the name that the registrar calls', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'granary-control-plane-deployment',
  });
});

test('onboarding assumes provisioning and users roles in the accounts of the cells and the source’s editor, no other role', () => {
  const [assume, ...others] = statementsOf(template, 'FunctionsOnboarding').filter(({ actions }) =>
    actions.includes('sts:AssumeRole'),
  );
  expect(others).toEqual([]);
  expect(assume?.resources).toEqual([
    'arn:aws:iam::111111111111:role/granary-source-editor',
    'arn:aws:iam::222222222222:role/granary-*-provision',
    'arn:aws:iam::222222222222:role/granary-*-users',
    'arn:aws:iam::333333333333:role/granary-*-provision',
    'arn:aws:iam::333333333333:role/granary-*-users',
  ]);
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'granary-control-plane-onboarding' });
});

test.each(['Registration', 'Tenant', 'Deployment', 'Onboarding', 'Quota', 'Authorizer'])(
  'the %s function does not scan, and deletes nothing but what it wrote',
  (name) => {
    const actions = statementsOf(template, `Functions${name}Role`).flatMap((statement) => statement.actions);
    expect(actions).not.toEqual([]);
    expect(actions.filter((action) => /Scan|\*/.test(action))).toEqual([]);
    // A wait that is over, a tenant whose id is given back; a silo whose stack is gone.
    const deletes = actions.filter((action) => action.includes('Delete'));
    expect(deletes).toEqual(['Onboarding', 'Deployment'].includes(name) ? ['dynamodb:DeleteItem'] : []);
  },
);

test('the tenant function reads and writes nothing', () => {
  const actions = statementsOf(template, 'FunctionsTenantRole').flatMap((statement) => statement.actions);
  expect(actions.filter((action) => action.startsWith('dynamodb:'))).toEqual([
    'dynamodb:GetItem',
    'dynamodb:Query',
  ]);
});

test('no policy allows a family of actions', () => {
  const families = policyStatements(template).flatMap(({ actions }) =>
    actions.filter((each) => each.includes('*')),
  );
  expect(families).toEqual([]);
});

test('the control table outlives the stack, can be restored, and lists by one index', () => {
  const [table] = Object.values(resources(template, 'AWS::DynamoDB::Table'));
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table?.Properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    GlobalSecondaryIndexes: [{ IndexName: 'list', Projection: { ProjectionType: 'ALL' } }],
  });
});

test('operators have a role that no client can write', () => {
  const [client] = Object.values(resources(template, 'AWS::Cognito::UserPoolClient'));
  expect(client?.Properties.ReadAttributes).toContain('custom:userRole');
  expect(client?.Properties.WriteAttributes.filter((name: string) => name.startsWith('custom:'))).toEqual([]);
});

test('the release function asks the release engine’s control function, writes its audit lines, and no more', () => {
  const own = statementsOf(template, 'FunctionsReleasesServiceRole').filter(({ actions }) =>
    actions.every((action) => !/^(logs|xray):/.test(action)),
  );
  expect(own.map(({ actions }) => actions)).toEqual([['dynamodb:PutItem'], ['lambda:InvokeFunction']]);
  expect(JSON.stringify(own[1]?.resources)).toMatch(
    /:lambda:us-east-1:111111111111:function:granary-release-control:live"\]$/,
  );
});

test('no other function of the plane reaches the release engine', () => {
  const reaching = policyStatements(template).filter(({ resources: on }) =>
    JSON.stringify(on).includes('release-control'),
  );
  expect(reaching).toHaveLength(1);
});

test('the quota function reaches no deployment: it asks the onboarding function', () => {
  const statements = statementsOf(template, 'FunctionsQuota');
  expect(statements.flatMap(({ actions }) => actions)).not.toContain('sts:AssumeRole');
  const [invoke, ...others] = statements.filter(({ actions }) => actions.includes('lambda:InvokeFunction'));
  expect(others).toEqual([]);
  expect(invoke?.resources).toEqual([{ Ref: expect.stringMatching(/^FunctionsOnboardingLive/) }]);
});
