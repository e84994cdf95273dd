import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Authorizer } from '../authorizer';
import { sessionPolicy } from '../session-policy';
import { capturedOutput } from '../testing/captured-output';
import { authorizerEvent, METHOD_ARN } from '../testing/gateway-event';
import { policyVerdict } from '../testing/policy-verdict';
import { TokenIssuer } from '../testing/token-issuer';

const ROLE_ARN = 'arn:aws:iam::222222222222:role/granary-pool-us-tenant';

let issuer: TokenIssuer;
let handler: Authorizer;
/** What the function asked of AWS, in order. */
const asked: string[] = [];
let assumed: URLSearchParams;
const before = { ...process.env };

/** DynamoDB and STS as the SDK sees them, as far as the authorizer asks. */
async function aws(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  if (target === 'DynamoDB_20120810.GetItem') {
    const { TableName, Key, ConsistentRead } = JSON.parse(body);
    asked.push(`GetItem ${TableName} ${Key.tenantId.S} ${ConsistentRead ? 'consistent' : 'eventual'}`);
    const row = {
      tenantId: Key.tenantId,
      status: { S: 'active' },
      tier: { S: 'basic' },
      usageKey: { S: 'usage-1' },
    };
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ Item: row }));
    return;
  }
  if (target === 'DynamoDB_20120810.Query') {
    const { TableName, ExpressionAttributeValues, ConsistentRead } = JSON.parse(body);
    const pk = ExpressionAttributeValues[':pk'].S;
    asked.push(`Query ${TableName} ${pk} ${ConsistentRead ? 'consistent' : 'eventual'}`);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Items":[]}');
    return;
  }
  assumed = new URLSearchParams(body);
  asked.push(`${assumed.get('Action')} ${assumed.get('RoleSessionName')}`);
  const credentials = `<AccessKeyId>ASIATEST</AccessKeyId><SecretAccessKey>sts-secret</SecretAccessKey>
    <SessionToken>sts-token</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration>`;
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<AssumeRoleResponse><AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
}

beforeAll(async () => {
  issuer = await TokenIssuer.start();
  issuer.otherwise = (request, response) => void aws(request, response);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: issuer.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'function-secret',
    USER_POOL_ID: issuer.userPoolId,
    USER_POOL_CLIENT_ID: issuer.clientId,
    TENANT_ROLE_ARN: ROLE_ARN,
    TENANT_TABLE_NAME: 'granary-pool-us-tenants',
    USER_TABLE_NAME: 'granary-pool-us-users',
  });
  ({ handler } = await import('./application-authorizer'));
});

afterAll(async () => {
  process.env = { ...before };
  await issuer.stop();
});

it('the deployed function authorizes over the SDK, then asks nobody while it is warm, and logs no secret', async () => {
  const tokens = Array.from({ length: 200 }, (_, index) => issuer.token({ sub: `user-${index}` }));
  const { output, result } = await capturedOutput(() => handler(authorizerEvent(`Bearer ${tokens[0]}`)));

  expect(policyVerdict(result.policyDocument, METHOD_ARN)).toBe('allow');
  expect(result).toMatchObject({
    usageIdentifierKey: 'usage-1',
    context: { tenantId: 'acme', accessKeyId: 'ASIATEST', secretAccessKey: 'sts-secret' },
  });
  expect(asked).toEqual([
    'Query granary-pool-us-users TENANT#acme consistent',
    'GetItem granary-pool-us-tenants acme consistent',
    'AssumeRole acme-TenantAdmin',
  ]);
  expect(Object.fromEntries(assumed)).toMatchObject({
    RoleArn: ROLE_ARN,
    DurationSeconds: '3600',
    Policy: sessionPolicy('TenantAdmin'),
    'Tags.member.1.Key': 'TenantId',
    'Tags.member.1.Value': 'acme',
    'Tags.member.2.Key': 'Role',
    'Tags.member.3.Key': 'Tier',
  });
  expect(assumed.get('TransitiveTagKeys.member.1')).toBeNull();

  const warm = await capturedOutput(async () => {
    for (const token of tokens) await handler(authorizerEvent(`Bearer ${token}`));
  });
  expect(asked).toHaveLength(3);
  expect(issuer.keyRequests).toBe(1);
  for (const secret of [
    'sts-secret',
    'sts-token',
    'ASIATEST',
    'function-secret',
    'usage-1',
    String(tokens[0]),
  ])
    expect(output + warm.output).not.toContain(secret);
});

it('a token that does not hold is turned away without asking AWS for anything', async () => {
  const calls = asked.length;
  const { output } = await capturedOutput(() =>
    expect(handler(authorizerEvent(`Bearer ${issuer.token({ aud: 'other' })}`))).rejects.toThrow(
      /^Unauthorized$/,
    ),
  );
  expect(asked).toHaveLength(calls);
  expect(output).toContain('"reason":"issued to another client"');
});
