import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole } from './stack-under-test';

jest.setTimeout(60_000);

let running: EngineUnderTest;
let outputs: Record<string, string>;
const config = () => running.engine.clientConfig('222222222222', 'eu-west-1');

const CALLER = `const https = require('node:https');
const WAYS = {
  fetch: async (url) => { const answer = await fetch(url); return [answer.status, await answer.text()]; },
  URL: async (url) => WAYS.fetch(new URL(url)),
  Request: async (url) => WAYS.fetch(new Request(url, { headers: { 'x-one': '1' } })),
  https: (url) => new Promise((resolve, reject) => https.get(url, (answer) => {
    let text = ''; answer.on('data', (part) => { text += part; }); answer.on('end', () => resolve([answer.statusCode, text]));
  }).on('error', reject)),
};
exports.handler = ({ way, url }) => WAYS[way](url);`;

beforeAll(async () => {
  running = await engineForTests();
  outputs = await deployStack(config(), 'callers', {
    Resources: {
      Role: lambdaRole,
      Caller: inlineFunction(CALLER, { Timeout: 10 }),
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          ...{ HttpMethod: 'GET', AuthorizationType: 'NONE' },
          Integration: {
            Type: 'MOCK',
            RequestTemplates: { 'application/json': '{"statusCode": 200}' },
            IntegrationResponses: [
              { StatusCode: '200', ResponseTemplates: { 'application/json': '{"here":true}' } },
            ],
          },
          MethodResponses: [{ StatusCode: '200' }],
        },
      },
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: ['Method'],
        Properties: { RestApiId: { Ref: 'Api' } },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
      },
    },
    Outputs: { Caller: { Ref: 'Caller' }, Api: { Ref: 'Api' } },
  });
});
afterAll(() => running.close());

test.each(['fetch', 'URL', 'Request', 'https'])(
  'a function reaches an API by its own url with %s',
  async (way) => {
    const client = new LambdaClient(config());
    const url = `https://${outputs.Api}.execute-api.eu-west-1.amazonaws.com/prod/?page=2`;
    const answer = await client.send(
      new InvokeCommand({ FunctionName: outputs.Caller, Payload: Buffer.from(JSON.stringify({ way, url })) }),
    );
    client.destroy();
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual([200, '{"here":true}']);
  },
);
