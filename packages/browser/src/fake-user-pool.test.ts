import { fakeUserPool } from './fake-user-pool';

const ada = {
  email: 'ada@acme.example.com',
  password: 'From-the-invitation-1',
  role: 'TenantAdmin',
  tenantId: 'acme',
  temporary: true,
} as const;
const signIn = (PASSWORD: string) => ({
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: ada.email, PASSWORD },
});

test('an invitation’s password is changed at the first sign-in, and holds no more', () => {
  const pool = fakeUserPool([ada]);
  expect(pool('InitiateAuth', signIn(ada.password))).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
  });
  const ChallengeResponses = { USERNAME: ada.email, NEW_PASSWORD: 'Correct-horse-1' };
  pool('RespondToAuthChallenge', { ChallengeResponses });
  expect(() => pool('InitiateAuth', signIn(ada.password))).toThrow('Incorrect username or password.');
  const { AuthenticationResult } = pool('InitiateAuth', signIn('Correct-horse-1')) as {
    AuthenticationResult: { IdToken: string };
  };
  const claims = JSON.parse(
    Buffer.from(AuthenticationResult.IdToken.split('.')[1] as string, 'base64url').toString(),
  );
  expect(claims).toMatchObject({ 'custom:tenantId': 'acme', 'custom:userRole': 'TenantAdmin' });
});

test('who is not known is refused as one with a wrong password is', () => {
  const pool = fakeUserPool([]);
  expect(() => pool('InitiateAuth', signIn('x'))).toThrow('Incorrect username or password.');
});
