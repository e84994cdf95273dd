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
