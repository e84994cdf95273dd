import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type WireAnswer, wire } from '../rehearsal/wire';
import { CognitoTenantUsers } from './cognito-tenant-users';

const ADMIN = { email: 'admin@acme.example', tenantId: 'acme', tier: 'platinum' };

function usersOver(...answers: WireAnswer[]) {
  const { settings, sent } = wire(...answers);
  return { users: new CognitoTenantUsers(new CognitoIdentityProviderClient(settings), 'us-east-1_P'), sent };
}

test('an administrator is invited by e-mail, bound to the tenant, without a password of ours', async () => {
  const { users, sent } = usersOver({ body: { User: {} } });
  expect(await users.invite(ADMIN)).toBe('invited');
  expect(sent).toEqual([
    {
      operation: 'AdminCreateUser',
      query: {},
      body: {
        UserPoolId: 'us-east-1_P',
        Username: 'admin@acme.example',
        UserAttributes: [
          { Name: 'email', Value: 'admin@acme.example' },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'custom:tenantId', Value: 'acme' },
          { Name: 'custom:userRole', Value: 'TenantAdmin' },
          { Name: 'custom:tenantTier', Value: 'platinum' },
        ],
        DesiredDeliveryMediums: ['EMAIL'],
      },
    },
  ]);
});

test('a user who is there already is said to be', async () => {
  expect(await usersOver({ error: 'UsernameExistsException' }).users.invite(ADMIN)).toBe('exists');
});

test('other errors pass', async () => {
  const { users } = usersOver({ error: 'InvalidParameterException' });
  await expect(users.invite(ADMIN)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('a user\u2019s tenant is the platform\u2019s attribute; a user without it belongs to none', async () => {
  const attributes = [
    { Name: 'email', Value: ADMIN.email },
    { Name: 'custom:tenantId', Value: 'acme' },
  ];
  const { users } = usersOver({ body: { UserAttributes: attributes } }, { body: { UserAttributes: [] } });
  expect(await users.tenantOf(ADMIN.email)).toBe('acme');
  expect(await users.tenantOf(ADMIN.email)).toBeUndefined();
});

const TOM = { email: 'tom@acme.example', role: 'TenantUser', tenantId: 'acme', tier: 'basic' };

test('who is entered silently gets no mail and may be disabled; who is invited gets it at once', async () => {
  const { users, sent } = usersOver({ body: { User: {} } }, { body: {} }, { body: { User: {} } });
  expect(await users.enter({ ...TOM, enabled: false }, 'silent')).toBe('entered');
  expect(await users.enter({ ...TOM, enabled: true }, 'invited')).toBe('entered');
  expect(
    sent.map(({ operation, body }) => [operation, (body as Record<string, unknown>).MessageAction]),
  ).toEqual([
    ['AdminCreateUser', 'SUPPRESS'],
    ['AdminDisableUser', undefined],
    ['AdminCreateUser', undefined],
  ]);
});

test.each(['UnsupportedUserStateException', 'UserNotFoundException'])(
  'an invitation that nobody needs any more is not sent again: %s',
  async (error) => {
    await expect(usersOver({ error }).users.resend(TOM.email)).resolves.toBeUndefined();
  },
);

test('the users of a tenant are its own; whom an operator let in for a time is told apart', async () => {
  const user = (email: string, attributes: Record<string, string>, Enabled = true) => ({
    Enabled,
    Attributes: Object.entries({ email, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
  });
  const mine = { 'custom:tenantId': 'acme', 'custom:userRole': 'TenantAdmin' };
  const { users } = usersOver({
    body: {
      Users: [
        user('a@acme.example', mine, false),
        user('support@granary.example', { ...mine, 'custom:accessUntil': '1790000000' }),
        user('b@hooli.example', { ...mine, 'custom:tenantId': 'hooli' }),
      ],
    },
  });
  expect(await users.of('acme')).toEqual([
    { email: 'a@acme.example', role: 'TenantAdmin', enabled: false },
    { email: 'support@granary.example', role: 'TenantAdmin', enabled: true, support: true },
  ]);
});
