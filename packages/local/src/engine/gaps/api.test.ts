import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole } from './stack-under-test';

jest.setTimeout(120_000);

const KEY_VALUE = 'usage-key-of-a-tenant-0123456789';
const QUOTA = 3;

/** Answers with what the function was told about the caller; the alias must point at a version of it. */
const SERVICE = `exports.handler = async (event, context) => ({ statusCode: 200, body: JSON.stringify({
  authorizer: event.requestContext.authorizer ?? null, resource: event.resource, version: context.functionVersion }) });`;
const AUTHORIZER = `exports.handler = async (event) => ({ principalId: 'user', usageIdentifierKey: process.env.KEY_VALUE,
  context: { tenantId: event.authorizationToken }, policyDocument: { Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn.split('/').slice(0, 2).join('/') + '/*' },
    { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: event.methodArn.split('/').slice(0, 2).join('/') + '/DELETE/*' },
  ] } });`;

const invocation = (functionArn: object) => ({
  'Fn::Join': [
    '',
    [
      'arn:aws:apigateway:',
      { Ref: 'AWS::Region' },
      ':lambda:path/2015-03-31/functions/',
      functionArn,
      '/invocations',
    ],
  ],
});
const method = (HttpMethod: string, properties: object) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Products' }, HttpMethod, ...properties },
});
const guarded = (HttpMethod: string) =>
  method(HttpMethod, {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: { Ref: 'Authorizer' },
    ApiKeyRequired: true,
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation({ Ref: 'Alias' }) },
  });
const header = 'method.response.header.Access-Control-Allow-Origin';

const template = {
  Resources: {
    Role: lambdaRole,
    Service: inlineFunction(SERVICE),
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Service' } } },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Service' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
        Name: 'live',
      },
    },
    Guard: inlineFunction(AUTHORIZER, { Environment: { Variables: { KEY_VALUE } } }),
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', ApiKeySourceType: 'AUTHORIZER' } },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: { Ref: 'Api' },
        Name: 'guard',
        Type: 'TOKEN',
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerUri: invocation({ 'Fn::GetAtt': ['Guard', 'Arn'] }),
      },
    },
    Products: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: 'products',
      },
    },
    Get: guarded('GET'),
    Delete: guarded('DELETE'),
    Options: method('OPTIONS', {
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{ "statusCode": 204 }' },
        IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { [header]: "'*'" } }],
      },
      MethodResponses: [{ StatusCode: '204', ResponseParameters: { [header]: true } }],
    }),
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['Get', 'Delete', 'Options'],
      Properties: { RestApiId: { Ref: 'Api' } },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', DeploymentId: { Ref: 'Deployment' } },
    },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Quota: { Limit: QUOTA, Period: 'DAY' },
      },
    },
  },
  Outputs: { ApiId: { Ref: 'Api' }, PlanId: { Ref: 'Plan' } },
};

let running: EngineUnderTest;
let url: string;
const get = (init: RequestInit = { headers: { authorization: 'tenant-a' } }) =>
  fetch(`${url}/products`, init);

beforeAll(async () => {
  running = await engineForTests();
  const config = running.engine.clientConfig('333333333333', 'eu-west-1');
  const outputs = await deployStack(config, 'api', template);
  url = `${running.engine.endpoint}/_aws/execute-api/${outputs.ApiId}/prod`;
  const without = await get({ headers: { authorization: 'tenant-a', 'x-api-key': KEY_VALUE } });
  // The key counts only once it is on the plan, whatever the caller sends.
  expect(without.status).toBe(403);
  const client = new APIGatewayClient(config);
  const key = await client.send(
    new CreateApiKeyCommand({ name: 'tenant-a', enabled: true, value: KEY_VALUE }),
  );
  await client.send(
    new CreateUsagePlanKeyCommand({ usagePlanId: outputs.PlanId, keyId: key.id, keyType: 'API_KEY' }),
  );
});
afterAll(() => running.close());

test('an API outside the default account is reached without credentials of that account', async () => {
  expect((await get({})).status).toBe(401);
});

test("an authorizer's policy is judged for each method, its answer cached for all", async () => {
  expect((await get({ method: 'DELETE', headers: { authorization: 'tenant-a' } })).status).toBe(403);
});

test('a preflight is answered by the method that the template has for it', async () => {
  const answer = await get({ method: 'OPTIONS' });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
});

test("the authorizer's usage key counts against its plan, and the function never sees it", async () => {
  const first = await get();
  expect(await first.json()).toEqual({
    authorizer: { tenantId: 'tenant-a', principalId: 'user' },
    resource: '/products',
    version: '1',
  });
  const rest = [];
  for (let call = 1; call <= QUOTA; call += 1) rest.push((await get()).status);
  expect(rest).toEqual([200, 200, 429]);
});
