import { authorizerEvent, METHOD_ARN } from '../testing/gateway-event';
import { policyVerdict } from '../testing/policy-verdict';
import { TokenIssuer } from '../testing/token-issuer';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

it('the deployed function authorizes an operator, also when the keys were out of reach at its start', async () => {
  const issuer = await TokenIssuer.start();
  try {
    issuer.keyStatus = 503;
    issuer.otherwise = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Items":[]}');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: issuer.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'function-secret',
      USER_TABLE_NAME: 'granary-control',
      USER_POOL_ID: issuer.userPoolId,
      USER_POOL_CLIENT_ID: issuer.clientId,
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    });
    const { handler } = await import('./control-authorizer');
    const event = authorizerEvent(
      `Bearer ${issuer.token({ 'custom:userRole': 'SystemAdmin' })}`,
      METHOD_ARN.replace('products', 'tenants'),
    );
    await expect(handler(event)).rejects.toThrow('answers 503');
    issuer.keyStatus = 200;
    const { policyDocument, context } = await handler(event);
    expect(policyVerdict(policyDocument, event.methodArn)).toBe('allow');
    expect(context).toMatchObject({ role: 'SystemAdmin' });
  } finally {
    await issuer.stop();
  }
});
