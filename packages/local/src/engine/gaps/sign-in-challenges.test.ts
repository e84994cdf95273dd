import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type ChallengeNameType,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

const PASSWORD = 'Correct-horse-1';
const OTHER = 'Correct-horse-2';
const CLIENT = { UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };

let running: EngineUnderTest;
let UserPoolId: string;
let ClientId: string;
let otherClientId: string;
let admin: CognitoIdentityProviderClient;
let anyone: CognitoIdentityProviderClient;

beforeAll(async () => {
  running = await engineForTests();
  const config = running.engine.clientConfig('333333333333', 'eu-west-1');
  const outputs = await deployStack(config, 'users', {
    Resources: {
      Pool: {
        Type: 'AWS::Cognito::UserPool',
        Properties: {
          UsernameAttributes: ['email'],
          Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
        },
      },
      Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: CLIENT },
      Other: { Type: 'AWS::Cognito::UserPoolClient', Properties: CLIENT },
    },
    Outputs: { Pool: { Ref: 'Pool' }, Client: { Ref: 'Client' }, Other: { Ref: 'Other' } },
  });
  UserPoolId = outputs.Pool as string;
  ClientId = outputs.Client as string;
  otherClientId = outputs.Other as string;
  admin = new CognitoIdentityProviderClient(config);
  // What the SDK sends unsigned on AWS is sent unsigned here; the credentials are never used.
  anyone = new CognitoIdentityProviderClient({
    ...config,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(() => running.close());

/** @returns the address of a new user, invited by mail */
async function invite(): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const DesiredDeliveryMediums: ['EMAIL'] = ['EMAIL'];
  await admin.send(
    new AdminCreateUserCommand({ UserPoolId, Username: email, DesiredDeliveryMediums, UserAttributes }),
  );
  return email;
}

/** @returns the address of a new user with the password */
async function member(): Promise<string> {
  const Username = await invite();
  await admin.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
  return Username;
}

async function mailed(email: string, words: RegExp): Promise<string> {
  const mails = await running.engine.sentMails();
  return words.exec(mails.filter(({ to }) => to.includes(email)).at(-1)?.text ?? '')?.[1] ?? '';
}

const temporary = (email: string) => mailed(email, /temporary password is (\S+)\.$/);

const signIn = (USERNAME: string, PASSWORD: string) =>
  anyone.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId,
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );

interface Answer {
  readonly challenge?: ChallengeNameType;
  readonly session?: string | undefined;
  readonly client?: string;
  readonly password?: string;
}

const answer = (USERNAME: string, { challenge = 'NEW_PASSWORD_REQUIRED', ...given }: Answer) =>
  anyone.send(
    new RespondToAuthChallengeCommand({
      ChallengeName: challenge,
      ClientId: given.client ?? ClientId,
      ...(given.session === undefined ? {} : { Session: given.session }),
      ChallengeResponses: {
        USERNAME,
        NEW_PASSWORD: given.password ?? OTHER,
        SOFTWARE_TOKEN_MFA_CODE: '123456',
      },
    }),
  );

test('who is invited finds a temporary password in a mail, and goes on with one of their own', async () => {
  const email = await invite();
  const asked = await signIn(email, await temporary(email));
  expect(asked).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  const { Session: session } = asked;
  await expect(answer(email, { session, password: 'short' })).rejects.toMatchObject({
    name: 'InvalidPasswordException',
  });
  expect((await answer(email, { session })).AuthenticationResult?.IdToken).toBeDefined();
  expect((await signIn(email, OTHER)).AuthenticationResult?.IdToken).toBeDefined();
  await expect(answer(email, { session })).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test.each<ChallengeNameType>(['NEW_PASSWORD_REQUIRED', 'SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'MFA_SETUP'])(
  'nobody answers %s for a user who was not asked',
  async (challenge) => {
    const email = await member();
    for (const session of [undefined, 'a-session-of-nobody-at-all'])
      await expect(answer(email, { challenge, session })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
    await expect(signIn(email, OTHER)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  },
);

test('a session answers only what it was asked, for its own user and client', async () => {
  const [email, victim] = [await invite(), await member()];
  const { Session: session } = await signIn(email, await temporary(email));
  for (const attempt of [
    answer(victim, { session }),
    answer(email, { session, challenge: 'SOFTWARE_TOKEN_MFA' }),
    answer(email, { session, client: otherClientId }),
  ])
    await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test('a forgotten password is set by the code that was mailed, which nobody guesses', async () => {
  const email = await member();
  const forget = () => anyone.send(new ForgotPasswordCommand({ ClientId, Username: email }));
  const code = () => mailed(email, /code is (\d{6})/);
  const set = (ConfirmationCode: string) =>
    anyone.send(
      new ConfirmForgotPasswordCommand({ ClientId, Username: email, Password: OTHER, ConfirmationCode }),
    );
  await forget();
  const first = await code();
  const wrong = first === '654321' ? '654322' : '654321';
  for (let tries = 0; tries < 5; tries += 1)
    await expect(set(wrong)).rejects.toMatchObject({ name: 'CodeMismatchException' });
  await expect(set(first)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  await forget();
  await set(await code());
  expect((await signIn(email, OTHER)).AuthenticationResult?.IdToken).toBeDefined();
});
