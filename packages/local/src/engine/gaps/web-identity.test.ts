import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { EngineClientConfig } from '../engine-client';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployTokenStack } from './token-stack';

jest.setTimeout(120_000);

const PASSWORD = 'Correct-horse-1';
let running: EngineUnderTest;
let config: EngineClientConfig;
let outputs: Record<string, string>;
/** What the SDK sends unsigned is sent unsigned here; the credentials are never used. */
let anyone: EngineClientConfig;

beforeAll(async () => {
  running = await engineForTests();
  config = running.engine.clientConfig('333333333333', 'eu-west-1');
  anyone = { ...config, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  outputs = await deployTokenStack(config);
  for (const [UserPoolId, Username, tenant] of [
    [outputs.Pool, 'ann', 'acme'],
    [outputs.Pool, 'bob', 'globex'],
    [outputs.Pool, 'nobody', undefined],
    [outputs.Untagged, 'ann', 'acme'],
  ] as const)
    await makeUser(UserPoolId as string, Username, tenant);
});
afterAll(() => running.close());

async function makeUser(UserPoolId: string, Username: string, tenant: string | undefined): Promise<void> {
  const admin = new CognitoIdentityProviderClient(config);
  const UserAttributes = tenant === undefined ? [] : [{ Name: 'custom:tenantId', Value: tenant }];
  await admin.send(
    new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes }),
  );
  await admin.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
}

async function tokens(Username: string, ClientId = outputs.Client as string) {
  const { AuthenticationResult } = await new CognitoIdentityProviderClient(anyone).send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId,
      AuthParameters: { USERNAME: Username, PASSWORD },
    }),
  );
  return AuthenticationResult ?? {};
}

const idToken = async (user: string, clientId?: string) => (await tokens(user, clientId)).IdToken as string;

interface AssumeOptions {
  readonly Policy?: string;
  readonly DurationSeconds?: number;
  readonly RoleArn?: string;
}

async function assume(WebIdentityToken: string, options: AssumeOptions = {}) {
  const { Credentials: given, ...rest } = await new STSClient(anyone).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: outputs.TenantArn as string,
      RoleSessionName: 'acme@ann',
      WebIdentityToken,
      ...options,
    }),
  );
  const credentials = {
    accessKeyId: given?.AccessKeyId as string,
    secretAccessKey: given?.SecretAccessKey as string,
    sessionToken: given?.SessionToken as string,
  };
  return { ...rest, rows: new DynamoDBClient({ ...config, credentials }) };
}

const key = (tenant: string) => ({ pk: { S: `TENANT#${tenant}#0` } });
const get = (tenant: string) => new GetItemCommand({ TableName: outputs.Rows as string, Key: key(tenant) });
const put = (tenant: string) => new PutItemCommand({ TableName: outputs.Rows as string, Item: key(tenant) });
const denied = { name: 'AccessDeniedException' };

test('a token’s session reaches the rows of the tenant that its tags name, and no other’s', async () => {
  for (const [user, own, foreign] of [
    ['ann', 'acme', 'globex'],
    ['bob', 'globex', 'acme'],
  ] as const) {
    const { rows, Provider, AssumedRoleUser } = await assume(await idToken(user));
    expect(Provider).toBe(outputs.Issuer);
    expect(AssumedRoleUser?.Arn).toContain(':assumed-role/');
    await expect(rows.send(put(own))).resolves.toBeDefined();
    await expect(rows.send(get(foreign))).rejects.toMatchObject(denied);
  }
});

test('the inline policy of the request narrows the session', async () => {
  const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { rows } = await assume(await idToken('ann'), { Policy });
  await expect(rows.send(get('acme'))).resolves.toBeDefined();
  await expect(rows.send(put('acme'))).rejects.toMatchObject(denied);
});

const altered = (token: string, change: (claims: Record<string, unknown>) => object) => {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return [header, Buffer.from(JSON.stringify(change(claims))).toString('base64url'), signature].join('.');
};

const refused: readonly (readonly [why: string, token: () => Promise<string>, name: string])[] = [
  [
    'whose tags were changed',
    async () =>
      altered(await idToken('ann'), (claims) => ({
        ...claims,
        'https://aws.amazon.com/tags': { principal_tags: { TenantId: ['globex'] } },
      })),
    'InvalidIdentityTokenException',
  ],
  [
    'without a signature',
    async () => `${(await idToken('ann')).split('.').slice(0, 2).join('.')}.`,
    'InvalidIdentityTokenException',
  ],
  [
    'that is an access token',
    async () => (await tokens('ann')).AccessToken as string,
    'InvalidIdentityTokenException',
  ],
  [
    'for another client of the pool',
    () => idToken('ann', outputs.OtherClient),
    'InvalidIdentityTokenException',
  ],
  [
    'of an issuer that is no provider here',
    async () => altered(await idToken('ann'), (claims) => ({ ...claims, iss: 'https://login.example.com' })),
    'InvalidIdentityTokenException',
  ],
  ['of a pool that the role does not trust', () => idToken('ann', outputs.UntaggedClient), 'AccessDenied'],
  ['that is none', async () => 'not.a-token', 'InvalidIdentityTokenException'],
];

test.each(refused)('a token %s gives no session', async (_why, token, name) => {
  await expect(assume(await token())).rejects.toMatchObject({ name });
});

test('a token without tags gives no session of a role that requires them', async () => {
  const RoleArn = outputs.UntaggedTenantArn as string;
  await expect(assume(await idToken('ann', outputs.UntaggedClient), { RoleArn })).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('a session is not longer than the role’s', async () => {
  await expect(assume(await idToken('ann'), { DurationSeconds: 7200 })).rejects.toMatchObject({
    name: 'ValidationError',
  });
});

test('a user whom the trigger refuses gets no token', async () => {
  await expect(tokens('nobody')).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
});
