import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaInvoke, regionOf } from './lambda-invoke';

const ARN = 'arn:aws:lambda:eu-west-1:222222222222:function:granary-control-plane-deployment:live';

let server: Server;
let reply: { readonly headers: Record<string, string>; readonly body: string };
let asked: { readonly url: string | undefined; readonly body: string };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked = { url: request.url, body };
    response.writeHead(200, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function client(): LambdaClient {
  return new LambdaClient({
    region: regionOf(ARN),
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

test('the region is the function’s, wherever the pipeline is', () => {
  expect(regionOf(ARN)).toBe('eu-west-1');
});

test('a function gets the payload and its answer comes back', async () => {
  reply = { headers: {}, body: '{"deploymentId":"acme"}' };
  await expect(lambdaInvoke(client(), ARN)({ check: 'acme' })).resolves.toEqual({
    ok: true,
    payload: { deploymentId: 'acme' },
  });
  expect(asked).toEqual({
    url: `/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`,
    body: '{"check":"acme"}',
  });
});

test('what a function throws comes back with its type', async () => {
  reply = {
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"DeploymentConflictError","errorMessage":"taken","trace":[]}',
  };
  await expect(lambdaInvoke(client(), ARN)({})).resolves.toEqual({
    ok: false,
    errorType: 'DeploymentConflictError',
    message: 'taken',
  });
});
