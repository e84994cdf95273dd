import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
let poolId: string;
let clientId: string;
let browser: CognitoIdentityProviderClient;
const Username = 'admin@example.com';
const password = 'Correct-horse-1';

beforeAll(async () => {
  running = await engineForTests();
  const config = running.engine.clientConfig('333333333333', 'eu-west-1');
  const outputs = await deployStack(config, 'users', {
    Resources: {
      Pool: {
        Type: 'AWS::Cognito::UserPool',
        Properties: {
          UsernameAttributes: ['email'],
          AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
          Schema: ['tenantId', 'userRole'].map((Name) => ({
            Name,
            AttributeDataType: 'String',
            Mutable: true,
          })),
        },
      },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: {
          UserPoolId: { Ref: 'Pool' },
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
          WriteAttributes: ['email'],
        },
      },
    },
    Outputs: { PoolId: { Ref: 'Pool' }, ClientId: { Ref: 'Client' } },
  });
  poolId = outputs.PoolId as string;
  clientId = outputs.ClientId as string;
  const admin = new CognitoIdentityProviderClient(config);
  await admin.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: Username },
        { Name: 'custom:tenantId', Value: 'tenant-a' },
        { Name: 'custom:userRole', Value: 'TenantAdmin' },
      ],
    }),
  );
  await admin.send(
    new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username, Password: password, Permanent: true }),
  );
  // What the SDK sends unsigned on AWS is sent unsigned here; the credentials are never used.
  browser = new CognitoIdentityProviderClient({
    ...config,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(() => running.close());

const signIn = async (PASSWORD: string) => {
  const AuthParameters = { USERNAME: Username, PASSWORD };
  const command = new InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters,
  });
  return (await browser.send(command)).AuthenticationResult;
};

test('a user of a pool outside the default account signs in, and the id token verifies with the keys served here', async () => {
  const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse: 'id' });
  const keys = await fetch(`${running.engine.endpoint}/${poolId}/.well-known/jwks.json`);
  verifier.cacheJwks((await keys.json()) as Jwks);
  const claims = await verifier.verify((await signIn(password))?.IdToken as string);
  expect(claims).toMatchObject({
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`,
    email: Username,
    'custom:tenantId': 'tenant-a',
    'custom:userRole': 'TenantAdmin',
  });
});

test('a wrong password is refused', async () => {
  await expect(signIn('Wrong-horse-1')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test('a user cannot write an attribute that the client does not list', async () => {
  const AccessToken = (await signIn(password))?.AccessToken;
  const write = (Name: string) =>
    browser.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value: 'other' }] }),
    );
  await expect(write('custom:tenantId')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test('nobody signs up where administrators create the users', async () => {
  const command = new SignUpCommand({ ClientId: clientId, Username: 'new@example.com', Password: password });
  await expect(browser.send(command)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});
