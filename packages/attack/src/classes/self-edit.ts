import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Answer, sdkAnswer } from '../answer';
import type { Attempt } from '../attempt';
import { type Field, strangersTo, type TenantField } from '../field/field';
import { takeApart } from './forgery';

const KIND = 'claims self-edited at the user pool';

/** What users try at their own user pool's API, with their own tokens or none. */
export function selfEditAttempts(field: Field): Attempt[] {
  return field.tenants.flatMap((tenant) => attemptsOf(field, tenant));
}

function attemptsOf(field: Field, tenant: TenantField): Attempt[] {
  const { deployment, user, tenantId } = tenant;
  const { clientId: ClientId, userPoolId: UserPoolId, region } = deployment;
  const { endpoint } = field.cloud;
  const anyone = new CognitoIdentityProviderClient({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAABCDEFGHIJKLMNOP', secretAccessKey: 'nothing' },
  });
  const victim = strangersTo(field, tenant)[0] as TenantField;
  const wishes = {
    'custom:tenantId': victim.tenantId,
    'custom:userRole': 'TenantAdmin',
    'custom:tenantTier': 'platinum',
    email: victim.admin.userName,
    email_verified: 'true',
    sub: 'somebody-else',
    'cognito:username': victim.admin.userName,
  };
  const AccessToken = user.accessToken;
  const attempt = (name: string, run: () => Promise<Answer>): Attempt => ({
    kind: KIND,
    name: `${tenantId}'s user: ${name}`,
    expected: 'refused',
    tenantId,
    run,
  });
  const call = (name: string, send: () => Promise<unknown>) =>
    attempt(name, () => sdkAnswer('user pool', send()));
  const Password = 'Mine-mine-1234';
  return [
    ...Object.entries(wishes).map(([Name, Value]) =>
      call(`UpdateUserAttributes ${Name}`, () =>
        anyone.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] })),
      ),
    ),
    call('UpdateUserAttributes of a name it may write, with one that it may not', () =>
      anyone.send(
        new UpdateUserAttributesCommand({
          AccessToken,
          UserAttributes: [
            { Name: 'name', Value: 'me' },
            { Name: 'custom:tenantId', Value: victim.tenantId },
          ],
        }),
      ),
    ),
    call('UpdateUserAttributes with the id token', () =>
      anyone.send(
        new UpdateUserAttributesCommand({
          AccessToken: user.idToken,
          UserAttributes: [{ Name: 'name', Value: 'me' }],
        }),
      ),
    ),
    call('SignUp', () =>
      anyone.send(new SignUpCommand({ ClientId, Username: 'mine@example.com', Password })),
    ),
    call('SignUp with claims', () =>
      anyone.send(
        new SignUpCommand({
          ClientId,
          Username: `mine-${tenantId}@example.com`,
          Password,
          UserAttributes: Object.entries({ ...wishes, email: 'mine@example.com' }).map(([Name, Value]) => ({
            Name,
            Value,
          })),
        }),
      ),
    ),
    call('ConfirmSignUp of the victim', () =>
      anyone.send(
        new ConfirmSignUpCommand({ ClientId, Username: victim.admin.userName, ConfirmationCode: '123456' }),
      ),
    ),
    ...(['NEW_PASSWORD_REQUIRED', 'SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'MFA_SETUP'] as const).map(
      (ChallengeName) =>
        call(`an answer to ${ChallengeName} of the victim, whom nobody asked`, () =>
          anyone.send(
            new RespondToAuthChallengeCommand({
              ClientId,
              ChallengeName,
              Session: randomBytes(32).toString('base64'),
              ChallengeResponses: { USERNAME: victim.admin.userName, NEW_PASSWORD: Password },
            }),
          ),
        ),
    ),
    call('ConfirmForgotPassword of the victim', () =>
      anyone.send(
        new ConfirmForgotPasswordCommand({
          ...{ ClientId, Username: victim.admin.userName, Password },
          ConfirmationCode: '654321',
        }),
      ),
    ),
    call('ChangePassword with a guess', () =>
      anyone.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword: 'guess', ProposedPassword: Password }),
      ),
    ),
    call('AdminUpdateUserAttributes with a key of nobody', () =>
      anyone.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: user.userName,
          UserAttributes: [{ Name: 'custom:userRole', Value: 'TenantAdmin' }],
        }),
      ),
    ),
    call('sign-in with a refresh token of another pool', () => {
      const other = field.tenants.find((one) => one.deployment !== deployment) as TenantField;
      const AuthParameters = { REFRESH_TOKEN: other.admin.refreshToken };
      return anyone.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
      );
    }),
    call('sign-in with the password of somebody else', () => {
      const AuthParameters = { USERNAME: victim.admin.userName, PASSWORD: user.password };
      return anyone.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
      );
    }),
    attempt('claims named at the first sign-in', () => firstSignIn(field, tenant, victim, anyone)),
    attempt('claims named at every sign-in', () =>
      claimsAfter(tenant, () => signInWithClaims(field, tenant, wishes, anyone)),
    ),
  ];
}

/** A person with a mailed password names attributes as the new one is set: the token must not carry them. */
async function firstSignIn(
  field: Field,
  tenant: TenantField,
  victim: TenantField,
  anyone: CognitoIdentityProviderClient,
): Promise<Answer> {
  const { account, region, userPoolId: UserPoolId, clientId: ClientId } = tenant.deployment;
  const root = new CognitoIdentityProviderClient(field.cloud.clientConfig(account, region));
  const Username = `first-${randomBytes(4).toString('hex')}@${tenant.tenantId}.example.com`;
  const password = field.secrets.keep('password', `${randomBytes(12).toString('base64url')}-aA1`);
  const attributes = {
    email: Username,
    'custom:tenantId': tenant.tenantId,
    'custom:userRole': 'TenantUser',
    'custom:tenantTier': tenant.tier,
  };
  await root.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  root.destroy();
  return claimsAfter(tenant, async () => {
    const AuthParameters = { USERNAME: Username, PASSWORD: password };
    const { Session } = await anyone.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    return anyone.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        Session,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: {
          USERNAME: Username,
          NEW_PASSWORD: `${password}-new`,
          'userAttributes.custom:tenantId': victim.tenantId,
          'userAttributes.custom:userRole': 'TenantAdmin',
        },
      }),
    );
  });
}

function signInWithClaims(
  { people: _people }: Field,
  { deployment, user }: TenantField,
  wishes: Readonly<Record<string, string>>,
  anyone: CognitoIdentityProviderClient,
) {
  const AuthParameters = { USERNAME: user.userName, PASSWORD: user.password, ...wishes };
  return anyone.send(
    new InitiateAuthCommand({
      ClientId: deployment.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters,
      ClientMetadata: wishes,
    }),
  );
}

/** A sign-in succeeded as an attack only if its token says what it must not. */
async function claimsAfter(
  tenant: TenantField,
  signIn: () => Promise<{ AuthenticationResult?: { IdToken?: string | undefined } | undefined }>,
): Promise<Answer> {
  let token: string | undefined;
  const answer = await sdkAnswer(
    'user pool',
    signIn().then(({ AuthenticationResult }) => {
      token = AuthenticationResult?.IdToken;
    }),
  );
  if (!answer.ok || !token) return answer;
  const { claims } = takeApart(token);
  const kept = claims['custom:tenantId'] === tenant.tenantId && claims['custom:userRole'] === 'TenantUser';
  return kept
    ? { ok: false, status: 200, place: 'user pool', text: 'the claims are as they were' }
    : { ok: true, status: 200, place: 'user pool', text: 'the claims are those that were asked for' };
}
