/** A user of the stand-in for Cognito. */
export interface FakeUser {
  password: string;
  /** Whether the password is of an invitation. */
  temporary: boolean;
  readonly role: string;
  /** @default an operator */
  readonly tenantId?: string;
  /** The code that is right. @default no second factor */
  readonly code?: string;
}

interface Input {
  readonly AuthFlow?: string;
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeName?: string;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
}

const HOLDS_SECONDS = 1800;

/** A user pool with the password flow, as far as the pages use it. */
export class FakeUserPool {
  /** The calls that came, by name. */
  readonly targets: string[] = [];
  /** Seconds that a token holds from now on. */
  holdsSeconds = HOLDS_SECONDS;

  /** @param users by e-mail address */
  constructor(readonly users: Record<string, FakeUser>) {}

  /** As `FakeApi` calls it. */
  answer = (target: string, input: unknown): unknown => {
    this.targets.push(target);
    const { AuthFlow, AuthParameters = {}, ChallengeName, ChallengeResponses = {} } = input as Input;
    if (target === 'InitiateAuth' && AuthFlow === 'REFRESH_TOKEN_AUTH')
      return this.tokens(AuthParameters.REFRESH_TOKEN ?? '');
    if (target === 'InitiateAuth') return this.signIn(AuthParameters);
    if (target === 'RespondToAuthChallenge') return this.respond(ChallengeName, ChallengeResponses);
    return {};
  };

  private signIn({ USERNAME: email = '', PASSWORD }: Readonly<Record<string, string>>): unknown {
    const user = this.users[email];
    if (!user || user.password !== PASSWORD)
      throw named('NotAuthorizedException', 'Incorrect username or password.');
    return this.next(email, user);
  }

  private respond(challenge: string | undefined, given: Readonly<Record<string, string>>): unknown {
    const email = given.USERNAME ?? '';
    const user = this.users[email];
    if (!user) throw named('NotAuthorizedException', 'Invalid session for the user.');
    if (challenge === 'NEW_PASSWORD_REQUIRED') {
      const password = given.NEW_PASSWORD ?? '';
      if (password.length < 12) throw named('InvalidPasswordException', 'Password not long enough');
      user.password = password;
      user.temporary = false;
      return this.next(email, user);
    }
    if (given.SOFTWARE_TOKEN_MFA_CODE !== user.code) throw named('CodeMismatchException', 'Code mismatch');
    return this.tokens(email);
  }

  private next(email: string, user: FakeUser): unknown {
    const about = { Session: 'session', ChallengeParameters: { USER_ID_FOR_SRP: email } };
    if (user.temporary)
      return {
        ...about,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeParameters: { USER_ID_FOR_SRP: email, userAttributes: '{}', requiredAttributes: '[]' },
      };
    if (user.code !== undefined) return { ...about, ChallengeName: 'SOFTWARE_TOKEN_MFA' };
    return this.tokens(email);
  }

  private tokens(email: string): unknown {
    const user = this.users[email];
    if (!user) throw named('NotAuthorizedException', 'Refresh Token has been revoked');
    const now = Math.floor(Date.now() / 1000);
    const token = jwt({
      sub: email,
      // Of a user pool whose tokens can be revoked.
      origin_jti: 'origin',
      email,
      'cognito:username': email,
      'custom:userRole': user.role,
      ...(user.tenantId ? { 'custom:tenantId': user.tenantId } : {}),
      iat: now,
      exp: now + this.holdsSeconds,
    });
    const AuthenticationResult = {
      IdToken: token,
      AccessToken: token,
      RefreshToken: email,
      ExpiresIn: this.holdsSeconds,
    };
    return { AuthenticationResult, ChallengeParameters: {} };
  }
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
