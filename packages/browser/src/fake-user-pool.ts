/** A user of the stand-in for a user pool. */
export interface FakeUser {
  readonly email: string;
  readonly password: string;
  readonly role: 'SystemAdmin' | 'CustomerSupport' | 'TenantAdmin' | 'TenantUser';
  /** @default an operator: of no tenant */
  readonly tenantId?: string;
  /** Whether the password is an invitation's, to be changed at the first sign-in. @default false */
  readonly temporary?: boolean;
}

/** As Cognito names what it refuses. */
export class UserPoolRefusal extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

interface Request {
  readonly AuthFlow?: string;
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
}

const TOKEN_SECONDS = 1800;

/**
 * Answers sign-ins by password: the first one with an invitation's password, renewals and sign-outs. Tokens are signed
 * by nobody; the stand-in API takes any.
 */
export function fakeUserPool(users: readonly FakeUser[]): (target: string, input: unknown) => unknown {
  const known = new Map(users.map((user) => [user.email, user]));
  const find = (email: string | undefined) => {
    const user = known.get((email ?? '').toLowerCase());
    if (user) return user;
    throw new UserPoolRefusal('NotAuthorizedException', 'Incorrect username or password.');
  };
  return (target, input) => {
    const { AuthFlow, AuthParameters = {}, ChallengeResponses = {} } = input as Request;
    switch (target) {
      case 'InitiateAuth': {
        if (AuthFlow === 'REFRESH_TOKEN_AUTH' || AuthFlow === 'REFRESH_TOKEN')
          return signedIn(find(AuthParameters.REFRESH_TOKEN?.replace('refresh-of-', '')));
        const user = find(AuthParameters.USERNAME);
        if (user.password !== AuthParameters.PASSWORD)
          throw new UserPoolRefusal('NotAuthorizedException', 'Incorrect username or password.');
        if (!user.temporary) return signedIn(user);
        const ChallengeParameters = {
          USER_ID_FOR_SRP: user.email,
          requiredAttributes: '[]',
          userAttributes: JSON.stringify({ email: user.email }),
        };
        return { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: 'session', ChallengeParameters };
      }
      case 'RespondToAuthChallenge': {
        const user = find(ChallengeResponses.USERNAME);
        const password = ChallengeResponses.NEW_PASSWORD ?? '';
        if (password.length < 12)
          throw new UserPoolRefusal('InvalidPasswordException', 'Password not long enough');
        known.set(user.email, { ...user, password, temporary: false });
        return signedIn(user);
      }
      case 'RevokeToken':
      case 'GlobalSignOut':
        return {};
      default:
        throw new UserPoolRefusal('InvalidParameterException', `the stand-in does not know ${target}`);
    }
  };
}

function signedIn({ email, role, tenantId }: FakeUser): object {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: `sub-of-${email}`, email, iat: now, exp: now + TOKEN_SECONDS };
  const id = {
    ...claims,
    token_use: 'id',
    'cognito:username': claims.sub,
    'custom:userRole': role,
    ...(tenantId === undefined ? {} : { 'custom:tenantId': tenantId }),
  };
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      IdToken: token(id),
      AccessToken: token({ ...claims, token_use: 'access' }),
      RefreshToken: `refresh-of-${email}`,
      ExpiresIn: TOKEN_SECONDS,
      TokenType: 'Bearer',
    },
  };
}

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'stand-in' })}.${part(claims)}.${Buffer.from('none').toString('base64url')}`;
}
