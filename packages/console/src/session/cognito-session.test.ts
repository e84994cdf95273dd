import type { CognitoUser, CognitoUserSession } from 'amazon-cognito-identity-js';
import { CognitoSession } from './cognito-session';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const CLAIMS = {
  sub: 's',
  email: 'ann@acme.example',
  'custom:userRole': 'TenantUser',
  'custom:tenantId': 'acme',
};

/** A session of the library whose id token ends in so many seconds. */
const given = (jwt: string, seconds: number, claims: object = CLAIMS) =>
  ({
    getIdToken: () => ({
      getJwtToken: () => jwt,
      getExpiration: () => NOW / 1000 + seconds,
      decodePayload: () => claims,
    }),
    getRefreshToken: () => ({ getToken: () => 'refresh' }),
  }) as unknown as CognitoUserSession;

/** A user of the library, who renews as told and counts it. */
function user(renew: () => { readonly error?: unknown; readonly session?: CognitoUserSession }) {
  const counts = { renewals: 0, signOuts: 0 };
  const fake = {
    refreshSession: (_: unknown, done: (error: unknown, session?: CognitoUserSession) => void) => {
      counts.renewals += 1;
      setImmediate(() => {
        const { error, session } = renew();
        done(error, session);
      });
    },
    signOut: (done: () => void) => {
      counts.signOuts += 1;
      done();
    },
  };
  return { counts, fake: fake as unknown as CognitoUser };
}

test('a token that holds is used, one that is about to end is renewed once for all who wait', async () => {
  const { counts, fake } = user(() => ({ session: given('second', 1800) }));
  expect(await new CognitoSession(fake, given('first', 121), () => NOW).token()).toBe('first');
  expect(counts.renewals).toBe(0);
  const session = new CognitoSession(fake, given('first', 119), () => NOW);
  expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual([
    'second',
    'second',
    'second',
  ]);
  expect(counts.renewals).toBe(1);
});

test('a renewal that is refused ends the session; one that finds no network may be tried again', async () => {
  const answers = [
    { error: new Error('Network error') },
    { error: Object.assign(new Error('Refresh Token has been revoked'), { code: 'NotAuthorizedException' }) },
  ];
  const { fake } = user(() => answers.shift() ?? {});
  const session = new CognitoSession(fake, given('first', 0), () => NOW);
  await expect(session.token()).rejects.toMatchObject({ fault: 'unreachable' });
  await expect(session.token()).rejects.toMatchObject({ fault: 'ended' });
});

test('after the sign-out there is no token any more', async () => {
  const { counts, fake } = user(() => ({}));
  const session = new CognitoSession(fake, given('first', 1800), () => NOW);
  await session.signOut();
  expect(counts.signOuts).toBe(1);
  await expect(session.token()).rejects.toMatchObject({ fault: 'ended' });
});

test('a token says who somebody is, and one without a role of the platform is nobody’s', () => {
  const { fake } = user(() => ({}));
  expect(new CognitoSession(fake, given('t', 1800), () => NOW).person).toEqual({
    userName: 's',
    email: 'ann@acme.example',
    role: 'TenantUser',
    tenantId: 'acme',
  });
  const stranger = given('t', 1800, { ...CLAIMS, 'custom:userRole': 'Root' });
  expect(() => new CognitoSession(fake, stranger, () => NOW)).toThrow('no role');
});
