import { APPLICATION_ROUTES, CONTROL_ROUTES } from '@granary/api';
import fc from 'fast-check';
import { applicationAuthorizer, controlAuthorizer } from './authorizer';
import { tenantCaller } from './authorizer-context';
import { COGNITO_CLAIMS } from './claim-names';
import { cognitoProvider } from './cognito-provider';
import { SigningKeysError } from './errors';
import { tenantCredentials } from './tenant-credentials';
import { tenantDirectory } from './tenant-directory';
import { authorizerEvent, METHOD_ARN } from './testing/gateway-event';
import { policyVerdict } from './testing/policy-verdict';
import { TokenIssuer, tenantClaims } from './testing/token-issuer';

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await TokenIssuer.start();
});
afterAll(() => issuer.stop());

const ROW = { status: 'active', tier: 'standard', usageKey: 'usage-key-of-acme' };

/** An authorizer over a real verifier and fakes that count what would be network calls. Null is no row. */
function application(
  row: unknown = ROW,
  ended: (...place: [string, string, number]) => boolean = () => false,
) {
  const calls = { directory: 0, sts: 0 };
  const lines: string[] = [];
  const log = (...line: unknown[]) => lines.push(JSON.stringify(line));
  const provider = cognitoProvider(issuer);
  const authorize = applicationAuthorizer({
    provider,
    routes: APPLICATION_ROUTES,
    logger: { info: log, warn: log },
    sessions: { hasEnded: async (realm, userId, issuedAt) => ended(realm, userId, issuedAt) },
    directory: tenantDirectory({
      read: async () => {
        calls.directory += 1;
        return row ?? undefined;
      },
    }),
    credentials: tenantCredentials({
      roleArn: 'arn:aws:iam::222222222222:role/tenant',
      assume: async ({ tags }) => {
        calls.sts += 1;
        return {
          accessKeyId: `ASIA-${tags.TenantId}-${tags.Role}-${tags.Tier}`,
          secretAccessKey: 'secret-of-the-session',
          sessionToken: 'token-of-the-session',
          expiresAt: new Date(Date.now() + 3_600_000),
        };
      },
    }),
  });
  return { authorize, calls, lines, provider };
}

it("a tenant's administrator gets a policy, a context with credentials and the usage key", async () => {
  const result = await application().authorize(authorizerEvent(`Bearer ${issuer.token()}`));
  expect(result).toMatchObject({
    principalId: tenantClaims().sub,
    usageIdentifierKey: 'usage-key-of-acme',
    context: { tenantId: 'acme', role: 'TenantAdmin', accessKeyId: 'ASIA-acme-TenantAdmin-standard' },
  });
  expect(policyVerdict(result.policyDocument, METHOD_ARN)).toBe('allow');
  for (const value of Object.values(result.context ?? {})) expect(typeof value).toBe('string');
  expect(tenantCaller(result.context).principal).toEqual({
    kind: 'tenant',
    userId: tenantClaims().sub,
    userName: 'ann@acme.example',
    role: 'TenantAdmin',
    tenantId: 'acme',
    tier: 'standard',
  });
});

it('an authorizer without credentials names the caller and hands out none', async () => {
  const authorize = applicationAuthorizer({
    provider: cognitoProvider(issuer),
    routes: APPLICATION_ROUTES,
    logger: { info: () => {}, warn: () => {} },
    sessions: null,
    directory: tenantDirectory({ read: async () => ROW }),
  });
  const { context, usageIdentifierKey } = await authorize(authorizerEvent(issuer.token()));
  expect(Object.keys(context ?? {}).sort()).toEqual(['role', 'tenantId', 'tier', 'userId', 'userName']);
  expect(usageIdentifierKey).toBe('usage-key-of-acme');
});

it('a bare token does as well as one with Bearer before it', async () => {
  const { authorize } = application();
  await expect(authorize(authorizerEvent(issuer.token()))).resolves.toMatchObject({
    context: { tenantId: 'acme' },
  });
});

it("the tier is the directory's: a token keeps the tier of its sign-in", async () => {
  const { authorize } = application({ ...ROW, tier: 'premium' });
  const { context } = await authorize(authorizerEvent(issuer.token({ 'custom:tenantTier': 'basic' })));
  expect(context).toMatchObject({ tier: 'premium', accessKeyId: 'ASIA-acme-TenantAdmin-premium' });
});

it('the answer is the same whichever method asks first', async () => {
  const { authorize } = application();
  const token = issuer.token();
  const answers = await Promise.all(
    ['GET/products', 'DELETE/products/1', 'POST/orders', 'GET/nowhere'].map((method) =>
      authorize(authorizerEvent(token, METHOD_ARN.replace('GET/products', method))),
    ),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

it('a warm request asks nobody: keys, directory and credentials are at hand', async () => {
  const { authorize, calls, provider } = application();
  await provider.hydrate();
  await authorize(authorizerEvent(issuer.token()));
  const before = { ...calls, keys: issuer.keyRequests };
  for (let request = 0; request < 50; request += 1)
    await authorize(authorizerEvent(issuer.token({ sub: `user-${request}` })));
  expect({ ...calls, keys: issuer.keyRequests }).toEqual(before);
  expect(calls).toEqual({ directory: 1, sts: 1 });
});

it.each([
  ['inactive', { ...ROW, status: 'inactive' }],
  ['provisioning', { ...ROW, status: 'provisioning' }],
  ['unknown', null],
])('a tenant that is %s is denied the whole API, and gets no credentials', async (status, row) => {
  const { authorize, calls, lines } = application(row);
  const result = await authorize(authorizerEvent(issuer.token()));
  expect(result.context).toBeUndefined();
  expect(result.usageIdentifierKey).toBeUndefined();
  expect(policyVerdict(result.policyDocument, METHOD_ARN)).toBe('deny');
  expect(calls.sts).toBe(0);
  expect(lines.join()).toContain(`"status":"${status}"`);
});

it('a token that does not hold is answered by the one message that means 401', async () => {
  const { authorize, lines } = application();
  await expect(authorize(authorizerEvent(issuer.token({ exp: 1 })))).rejects.toThrow(/^Unauthorized$/);
  expect(lines.join()).toContain('"reason":"expired"');
});

it("an operator's token opens nothing on the application plane", async () => {
  const { authorize } = application();
  await expect(
    authorize(authorizerEvent(issuer.token({ 'custom:userRole': 'SystemAdmin' }))),
  ).rejects.toThrow(/^Unauthorized$/);
});

it('when we cannot tell, the error is not the one that blames the token', async () => {
  const { authorize } = application({ ...ROW, usageKey: undefined });
  await expect(authorize(authorizerEvent(issuer.token()))).rejects.toThrow('missing or malformed usageKey');
  const away = new SigningKeysError('http://x', 'cannot be reached');
  const blind = controlAuthorizer({
    provider: { claims: COGNITO_CLAIMS, verify: () => Promise.reject(away) },
    routes: CONTROL_ROUTES,
    logger: { info: () => {}, warn: () => {} },
    sessions: null,
  });
  await expect(blind(authorizerEvent(issuer.token()))).rejects.toBe(away);
});

it('no token makes the log: neither one that holds nor one that does not', async () => {
  const { authorize, lines } = application({ ...ROW, status: 'inactive' });
  const tokens = [issuer.token(), issuer.token({ exp: 1 })];
  for (const token of tokens) await authorize(authorizerEvent(token)).catch(() => {});
  expect(lines).toHaveLength(2);
  for (const token of tokens) for (const part of token.split('.')) expect(lines.join()).not.toContain(part);
});

it('a token from before its person was put out is refused, a later one holds', async () => {
  const asked: unknown[] = [];
  const { authorize } = application(ROW, (...place) => {
    asked.push(place);
    return place[2] <= 1_700_000_000;
  });
  await expect(authorize(authorizerEvent(issuer.token({ iat: 1_700_000_000 })))).rejects.toThrow(
    /^Unauthorized$/,
  );
  const later = await authorize(authorizerEvent(issuer.token({ iat: 1_700_000_001 })));
  expect(policyVerdict(later.policyDocument, METHOD_ARN)).toBe('allow');
  expect(asked[0]).toEqual(['TENANT#acme', tenantClaims().sub, 1_700_000_000]);
});

it('support access holds until its end, whatever the token’s life, and says its end to the services', async () => {
  const { authorize } = application();
  const until = Math.floor(Date.now() / 1000) + 60;
  const { context } = await authorize(authorizerEvent(issuer.token({ 'custom:accessUntil': String(until) })));
  expect(context).toMatchObject({ accessUntil: String(until) });
  for (const over of [String(until - 61), 'never', '', '99'])
    await expect(authorize(authorizerEvent(issuer.token({ 'custom:accessUntil': over })))).rejects.toThrow(
      /^Unauthorized$/,
    );
});

describe('an operator', () => {
  const authorize = () =>
    controlAuthorizer({
      provider: cognitoProvider(issuer),
      routes: CONTROL_ROUTES,
      logger: { info: () => {}, warn: () => {} },
      sessions: null,
    });
  const operator = { 'custom:userRole': 'CustomerSupport', 'custom:tenantId': undefined };

  it('gets a policy and a context without any credentials', async () => {
    const result = await authorize()(authorizerEvent(issuer.token(operator)));
    expect(result.context).toEqual({
      userId: tenantClaims().sub,
      userName: 'ann@acme.example',
      role: 'CustomerSupport',
    });
    expect(policyVerdict(result.policyDocument, METHOD_ARN.replace('products', 'tenants'))).toBe('allow');
  });

  it('is not whoever has a role of a tenant', async () => {
    await expect(authorize()(authorizerEvent(issuer.token()))).rejects.toThrow(/^Unauthorized$/);
  });
});

describe('of arbitrary tokens', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/);
  const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
  const header = fc.oneof(
    fc.string(),
    fc.tuple(part, part, part).map((parts) => parts.join('.')),
    fc.tuple(json, json, part).map((parts) => `Bearer ${parts.join('.')}`),
  );

  it('none is ever let in', async () => {
    const { authorize, calls } = application();
    await fc.assert(
      fc.asyncProperty(header, async (authorization) => {
        await expect(authorize(authorizerEvent(authorization))).rejects.toThrow(/^Unauthorized$/);
      }),
    );
    expect(calls).toEqual({ directory: 0, sts: 0 });
  });

  it('none that is a good one with a character changed is ever let in', async () => {
    const { authorize } = application();
    const good = issuer.token();
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.constantFrom(...'AZaz09_-.'), async (at, character) => {
        const changed = `${good.slice(0, at)}${character}${good.slice(at + 1)}`;
        // The last character of a part may differ in bits that base64 drops: that is the same token.
        fc.pre(changed.split('.').some((each, index) => !sameBytes(each, good.split('.')[index])));
        await expect(authorize(authorizerEvent(changed))).rejects.toThrow(/^Unauthorized$/);
      }),
    );
  });
});

function sameBytes(a: string, b = ''): boolean {
  return Buffer.from(a, 'base64url').equals(Buffer.from(b, 'base64url'));
}
