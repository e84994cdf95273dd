import type { CognitoUser, CognitoUserSession } from 'amazon-cognito-identity-js';
import { personOf } from './person';
import { type Person, type Session, SignInError, signInError } from './sign-in-step';

/** Milliseconds before its end that a token is renewed: more than a call and a slow clock take. */
const RENEW_BEFORE = 120_000;

/** A session of Cognito's library, which keeps the tokens in the object that it was given. */
export class CognitoSession implements Session {
  readonly person: Person;
  private renewal: Promise<CognitoUserSession> | undefined;
  private over = false;

  /** @throws SignInError when the token names nobody of this platform */
  constructor(
    private readonly user: CognitoUser,
    private given: CognitoUserSession,
    private readonly now: () => number = Date.now,
  ) {
    this.person = personOf(given.getIdToken().decodePayload());
  }

  async token(): Promise<string> {
    if (this.over) throw new SignInError('ended', 'the session is over');
    const ends = this.given.getIdToken().getExpiration() * 1000;
    if (ends - this.now() < RENEW_BEFORE) await this.renew();
    return this.given.getIdToken().getJwtToken();
  }

  signOut(): Promise<void> {
    this.over = true;
    // Whatever the revocation answers, nothing here can be used again.
    return new Promise((resolve) => this.user.signOut(() => resolve()));
  }

  /** All that need a token meanwhile wait for the same renewal. */
  private async renew(): Promise<void> {
    this.renewal ??= new Promise<CognitoUserSession>((resolve, reject) =>
      this.user.refreshSession(this.given.getRefreshToken(), (error: unknown, session: CognitoUserSession) =>
        error ? reject(error) : resolve(session),
      ),
    );
    try {
      this.given = await this.renewal;
    } catch (cause) {
      const error = signInError(cause);
      throw error.fault === 'unreachable' ? error : new SignInError('ended', error.message, { cause });
    } finally {
      this.renewal = undefined;
    }
  }
}
