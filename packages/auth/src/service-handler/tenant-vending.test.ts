import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SESSION_TAGS_CLAIM, sessionTagsClaim } from '../session-tags';
import { gatewayEvent, TENANT_CONTEXT } from '../testing/gateway-event';
import { handlerCall } from '../testing/handler-call';
import { PRODUCT, PRODUCT_ID, productHandler } from '../testing/product-handler';
import { TokenIssuer } from '../testing/token-issuer';
import { tenantVending } from './tenant-vending';

const ROLE_ARN = 'arn:aws:iam::222222222222:role/granary-pool-us-tenant';
const { userId, userName, role, tenantId, tier } = TENANT_CONTEXT;
/** What the authorizer writes when the services vend. */
const PERSON = { userId, userName, role, tenantId, tier };

const before = { ...process.env };
let issuer: TokenIssuer;
let asked: { form: URLSearchParams; signed: boolean }[];
let refusal: string | undefined;

async function sts(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await text(request));
  asked.push({ form, signed: request.headers.authorization !== undefined });
  if (refusal) {
    const error = `<Error><Type>Sender</Type><Code>${refusal}</Code><Message>refused</Message></Error>`;
    response.writeHead(400, { 'content-type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
    return;
  }
  const credentials = `<AccessKeyId>ASIAWEB${asked.length}</AccessKeyId><SecretAccessKey>sts-secret</SecretAccessKey>
    <SessionToken>sts-token</SessionToken><Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration>`;
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>${credentials}</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    );
}

beforeEach(async () => {
  issuer = await TokenIssuer.start();
  issuer.otherwise = (request, response) => void sts(request, response);
  asked = [];
  refusal = undefined;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: issuer.endpoint,
    AWS_REGION: 'us-east-1',
    CREDENTIAL_VENDING: 'web-identity',
    TENANT_ROLE_ARN: ROLE_ARN,
  });
});
afterEach(async () => {
  process.env = { ...before };
  await issuer.stop();
});

const token = (tags: object = {}) => {
  const claim = sessionTagsClaim({ TenantId: tenantId, Role: role, Tier: tier, ...tags });
  return issuer.token({ [SESSION_TAGS_CLAIM]: claim });
};
const request = (header: string, changes: object = {}) => ({
  httpMethod: 'GET',
  resource: '/products/{productId}',
  pathParameters: { productId: PRODUCT_ID },
  headers: { Authorization: header },
  authorizer: PERSON,
  ...changes,
});

it('a service vends with the request’s own token, once per token, unsigned, and logs no secret', async () => {
  const used: unknown[] = [];
  const handler = productHandler({
    getProduct: async (_, { documents }) => {
      used.push((await documents.config.credentials()).accessKeyId);
      return PRODUCT;
    },
  });
  const given = token();
  const answers = [];
  for (let each = 0; each < 3; each += 1)
    answers.push(await handlerCall(handler, request(`Bearer ${given}`)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(used).toEqual(['ASIAWEB1', 'ASIAWEB1', 'ASIAWEB1']);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.signed).toBe(false);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: ROLE_ARN,
    WebIdentityToken: given,
    RoleSessionName: 'acme@user-1',
  });
  const output = answers.map((each) => each.output).join('');
  for (const secret of [given, 'sts-secret', 'sts-token', 'ASIAWEB']) expect(output).not.toContain(secret);
});

it.each<[string, () => object, number]>([
  ['carries a token for another tenant', () => request(token({ TenantId: 'globex' })), 401],
  ['carries a token for another role', () => request(token({ Role: 'TenantUser' })), 401],
  ['carries a token without tags', () => request(issuer.token()), 401],
  ['carries no token', () => request(''), 401],
  ['has no authorizer’s word', () => request(token(), { authorizer: null }), 401],
  ['is malformed', () => request(token(), { pathParameters: { productId: '?' } }), 400],
  ['is not permitted', () => request(token(), { authorizer: { ...PERSON, role: 'None' } }), 401],
])('a request that %s is answered without asking STS', async (_what, given, status) => {
  const { statusCode } = await handlerCall(productHandler(), given() as never);
  expect({ statusCode, asked }).toEqual({ statusCode: status, asked: [] });
});

it('a token that expired since the gateway took it is answered 401; what STS refuses otherwise is our fault', async () => {
  refusal = 'ExpiredTokenException';
  expect((await handlerCall(productHandler(), request(token()))).statusCode).toBe(401);
  refusal = 'AccessDenied';
  const denied = await handlerCall(productHandler(), request(token()));
  expect(denied.statusCode).toBe(500);
  expect(denied.body).not.toContain('sts');
});

it('credentials in the authorizer’s context are not used by a service that vends', async () => {
  const { credentials } = tenantVending()(
    gatewayEvent({ ...request(`Bearer ${token()}`), authorizer: TENANT_CONTEXT }),
  );
  expect((await credentials()).accessKeyId).toBe('ASIAWEB1');
});

it('without the setting the authorizer’s credentials are used, and STS is asked nothing', async () => {
  const vending = tenantVending({});
  const { credentials } = vending(gatewayEvent({ httpMethod: 'GET', resource: '/products' }));
  expect((await credentials()).accessKeyId).toBe(TENANT_CONTEXT.accessKeyId);
  expect(() => vending(gatewayEvent({ ...request(token()) }))).toThrow('missing or malformed accessKeyId');
});

it('a service that is to vend without a role to assume does not start', () => {
  expect(() => tenantVending({ CREDENTIAL_VENDING: 'web-identity' })).toThrow('TENANT_ROLE_ARN is missing');
  expect(() => tenantVending({ CREDENTIAL_VENDING: 'webidentity' })).toThrow(
    'CREDENTIAL_VENDING is malformed',
  );
});
