import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

const ORIGIN = 'http://localhost:4581';
let running: EngineUnderTest;
let clientId: string;

beforeAll(async () => {
  running = await engineForTests();
  const outputs = await deployStack(running.engine.clientConfig('333333333333', 'eu-west-1'), 'users', {
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: { UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
      },
    },
    Outputs: { ClientId: { Ref: 'Client' } },
  });
  clientId = outputs.ClientId as string;
});
afterAll(() => running.close());

/** What a page of another origin sends for a sign-in, and first to ask whether it may. */
const signIn = (init: RequestInit) =>
  fetch(`${running.engine.endpoint}/`, {
    ...init,
    headers: { origin: ORIGIN, ...init.headers },
  });

test('a page of another origin may ask the user pool to sign it in', async () => {
  const answer = await signIn({
    method: 'OPTIONS',
    headers: {
      'access-control-request-method': 'POST',
      'access-control-request-headers':
        'amz-sdk-invocation-id,amz-sdk-request,content-type,x-amz-target,x-amz-user-agent',
    },
  });
  expect(answer.ok).toBe(true);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('access-control-allow-headers')).toBe('*');
  expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
});

test('a page of another origin reads why the user pool refused it', async () => {
  const answer = await signIn({
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: 'nobody@example.com', PASSWORD: 'Wrong-horse-1' },
    }),
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toMatchObject({ __type: expect.stringContaining('Exception') });
});
