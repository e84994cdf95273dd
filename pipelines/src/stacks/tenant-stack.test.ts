import { APPLICATION_ROUTES } from '@granary/api';
import { FUNCTION_TIMEOUT_SECONDS, TENANT_SESSION_TAGS } from '@granary/auth';
import { Match } from 'aws-cdk-lib/assertions';
import { deployment } from '../testing/deployment';
import { policyStatements, statementsOf } from '../testing/policy';
import { routesOf } from '../testing/routes';
import { resources } from '../testing/sample';

const silo = () => deployment('acme');

test('the API has every route of the table and no other', () => {
  const served = routesOf(silo()).map(({ method, path }) => `${method} ${path}`);
  expect(served.sort()).toEqual(APPLICATION_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

test.each(APPLICATION_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s asks for a caller and a usage key unless it is public',
  (name, { access }) => {
    const found = routesOf(silo()).find(({ method, path }) => `${method} ${path}` === name);
    const closed = { AuthorizationType: 'CUSTOM', ApiKeyRequired: true, AuthorizerId: expect.anything() };
    expect(found?.properties).toMatchObject(access === 'public' ? { AuthorizationType: 'NONE' } : closed);
  },
);

test('usage keys come from the authorizer, whose answers are kept for the time that auth states', () => {
  silo().hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
  silo().hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'TOKEN',
    AuthorizerResultTtlInSeconds: 300,
    IdentitySource: 'method.request.header.Authorization',
  });
});

test('what the API logs holds no credential, and request data is not logged', () => {
  const [stage] = Object.values(resources(silo(), 'AWS::ApiGateway::Stage'));
  expect(stage?.Properties.AccessLogSetting.Format).not.toMatch(
    /accessKey|secret|session|usage|header|claims/i,
  );
  for (const setting of stage?.Properties.MethodSettings ?? []) expect(setting.DataTraceEnabled).toBe(false);
});

test.each([
  ['pool-us', ['basic', 'premium']],
  ['acme', ['platinum']],
])('%s has a usage plan with throttle and quota for each of its tiers', (id, tiers) => {
  const plans = Object.values(resources(deployment(id), 'AWS::ApiGateway::UsagePlan'));
  expect(plans.map(({ Properties }) => Properties.UsagePlanName).sort()).toEqual(
    tiers.map((tier) => `granary-${id}-${tier}`),
  );
  for (const { Properties } of plans)
    expect(Properties).toMatchObject({
      Throttle: { BurstLimit: 50, RateLimit: 20 },
      Quota: { Limit: 1000, Period: 'DAY' },
    });
});

test('no one signs up, and no client writes what the platform says of a user', () => {
  silo().hasResourceProperties('AWS::Cognito::UserPool', {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    DeletionProtection: 'ACTIVE',
  });
  const [client] = Object.values(resources(silo(), 'AWS::Cognito::UserPoolClient'));
  const { WriteAttributes, ReadAttributes } = client?.Properties ?? {};
  expect(WriteAttributes).toEqual(expect.arrayContaining(['name']));
  expect(WriteAttributes.filter((name: string) => /^custom:|email/.test(name))).toEqual([]);
  expect(ReadAttributes).toEqual(
    expect.arrayContaining(['custom:tenantId', 'custom:userRole', 'custom:tenantTier']),
  );
  expect(client?.Properties).toMatchObject({ GenerateSecret: false, PreventUserExistenceErrors: 'ENABLED' });
});

test('a user’s tenant can never change', () => {
  const [pool] = Object.values(resources(silo(), 'AWS::Cognito::UserPool'));
  expect(pool?.Properties.Schema).toContainEqual(
    expect.objectContaining({ Name: 'tenantId', Mutable: false }),
  );
});

test.each(['AWS::DynamoDB::Table', 'AWS::Cognito::UserPool'])('%s outlives its stack', (type) => {
  const kept = Object.values(resources(silo(), type));
  expect(kept.length).toBeGreaterThan(0);
  for (const resource of kept)
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('every table can be restored to a point in time and cannot be deleted by a slip', () => {
  silo().allResourcesProperties('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    BillingMode: 'PAY_PER_REQUEST',
  });
});

test('the services’ own roles reach no table', () => {
  for (const service of ['Product', 'Order']) {
    const actions = statementsOf(silo(), service).flatMap((statement) => statement.actions);
    expect(actions).not.toEqual([]);
    expect(actions.filter((action) => action.startsWith('dynamodb:') || action.startsWith('sts:'))).toEqual(
      [],
    );
  }
});

test('a tenant’s session reaches rows that begin with its tag, by named actions, and nothing without a key', () => {
  const [statement, ...others] = statementsOf(silo(), 'TenantRole');
  expect(others).toEqual([]);
  expect(statement?.conditions).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TENANT#${aws:PrincipalTag/TenantId}#*'] },
    Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
  });
  expect(statement?.actions).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/Scan|PartiQL|Table|\*/)]),
  );
  expect(JSON.stringify(statement?.resources)).not.toContain('*');
});

test('only the authorizer takes the tenant role, and only with every tag', () => {
  const roles = Object.entries(resources(silo(), 'AWS::IAM::Role'));
  const [trust] = roles
    .filter(([id]) => id.startsWith('TenantRole'))
    .flatMap(([, { Properties }]) => Properties.AssumeRolePolicyDocument.Statement);
  expect(trust.Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  expect(JSON.stringify(trust.Principal)).toMatch(/AuthorizerRole/);
  expect(trust.Condition.StringLike).toEqual(
    Object.fromEntries(TENANT_SESSION_TAGS.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
  );
});

test('the provisioning role trusts the onboarding function’s role of the control plane and no one else', () => {
  silo().hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'granary-acme-provision',
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::222222222222:root' },
          Condition: {
            ArnEquals: {
              'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/granary-control-plane-onboarding',
            },
          },
        },
      ],
    },
  });
});

test('no policy allows a family of actions', () => {
  const families = policyStatements(silo()).flatMap(({ actions }) =>
    actions.filter((each) => each.includes('*')),
  );
  expect(families).toEqual([]);
});

test('policies reach any resource only for what has no resource', () => {
  const wide = policyStatements(silo()).filter(({ resources: reached }) => reached.includes('*'));
  expect(new Set(wide.flatMap(({ actions }) => actions))).toEqual(
    new Set([
      'cloudwatch:DescribeAlarms',
      'cloudwatch:GetMetricData',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]),
  );
});

test('every function is called by an alias that a canary shifts and alarms roll back', () => {
  const aliases = Object.values(resources(silo(), 'AWS::Lambda::Alias'));
  expect(aliases).toHaveLength(Object.keys(resources(silo(), 'AWS::Lambda::Function')).length);
  for (const { Properties } of aliases) expect(Properties.Name).toBe('live');
  // What judges a canary is not released by one.
  const atOnce = aliases.filter(
    ({ UpdatePolicy }) => !Object.hasOwn(UpdatePolicy ?? {}, 'CodeDeployLambdaAliasUpdate'),
  );
  expect(JSON.stringify(atOnce.map(({ Properties }) => Properties.FunctionName))).toMatch(
    /^\[\{"Ref":"Canary\w+"\}\]$/,
  );
  silo().allResourcesProperties('AWS::CodeDeploy::DeploymentGroup', {
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    AlarmConfiguration: { Enabled: true, Alarms: Match.anyValue() },
    AutoRollbackConfiguration: { Enabled: true },
  });
});

test('no service outlives the credentials that the authorizer gave it', () => {
  const behindApi = Object.entries(resources(silo(), 'AWS::Lambda::Function')).filter(
    ([id]) => !/^(Canary|Metering)/.test(id),
  );
  expect(behindApi.length).toBeGreaterThan(3);
  for (const [, { Properties }] of behindApi)
    expect(Properties.Timeout).toBeLessThanOrEqual(FUNCTION_TIMEOUT_SECONDS);
});

test('the outputs are what the registration and the release engine read', () => {
  expect(Object.keys(silo().toJSON().Outputs).sort()).toEqual([
    'AlarmNames',
    'AlarmTopicArn',
    'ApiUrl',
    'CanaryFunctionArn',
    'DataRoleArn',
    'ProvisioningRoleArn',
    'TenantRoleName',
    'TenantRowTables',
    'TenantTableName',
    'UsagePlanIds',
    'UserPoolClientId',
    'UserPoolId',
    'UserTableName',
    'UsersRoleArn',
    'WatchRoleArn',
  ]);
});
