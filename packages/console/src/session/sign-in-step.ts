import type { Role } from '@granary/api';

/** Who signed in, as the token says it; the API decides by the token itself. */
export interface Person {
  readonly userName: string;
  readonly email: string;
  readonly role: Role;
  /** @default none: an operator */
  readonly tenantId?: string;
}

/** Somebody is signed in. Their tokens are in memory only: a reload of the page ends it. */
export interface Session {
  readonly person: Person;
  /**
   * A token for the API that holds for at least a minute, refreshed when it must be.
   *
   * @throws SignInError of kind `ended` when it can be refreshed no more
   */
  token(): Promise<string>;
  /** Ends it here and revokes what could renew it. */
  signOut(): Promise<void>;
}

/** What the user pool asks next. */
export type SignInStep =
  | { readonly kind: 'signed-in'; readonly session: Session }
  | { readonly kind: 'new-password'; answer(password: string): Promise<SignInStep> }
  | {
      readonly kind: 'code';
      readonly factor: Factor;
      /** Where the code was sent, masked. @default nowhere: an authenticator makes it */
      readonly destination?: string;
      answer(code: string): Promise<SignInStep>;
    }
  | {
      readonly kind: 'choose-factor';
      readonly factors: readonly Factor[];
      answer(factor: Factor): Promise<SignInStep>;
    }
  | {
      readonly kind: 'set-up-authenticator';
      /** Base32, to type into the authenticator. */
      readonly secret: string;
      answer(code: string): Promise<SignInStep>;
    };

export type Factor = 'authenticator' | 'sms';

/** A user pool, for one who wants to sign in. */
export interface UserDirectory {
  /** @throws SignInError */
  signIn(userName: string, password: string): Promise<SignInStep>;
  /** Has a code sent to the address of the user. @throws SignInError */
  forgotPassword(userName: string): Promise<void>;
  /** @throws SignInError */
  resetPassword(userName: string, code: string, password: string): Promise<void>;
}

export const SIGN_IN_FAULTS = [
  'wrong-credentials',
  'wrong-code',
  'weak-password',
  'expired',
  'reset-required',
  'too-many',
  'unreachable',
  'no-such-pool',
  'ended',
  'unknown',
] as const;
export type SignInFault = (typeof SIGN_IN_FAULTS)[number];

/** A sign-in that did not go on. `message` is the user pool's, for the console of the browser. */
export class SignInError extends Error {
  override get name(): string {
    return 'SignInError';
  }

  constructor(
    readonly fault: SignInFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const FAULTS: Readonly<Record<string, SignInFault>> = {
  NotAuthorizedException: 'wrong-credentials',
  UserNotFoundException: 'wrong-credentials',
  UserNotConfirmedException: 'wrong-credentials',
  CodeMismatchException: 'wrong-code',
  EnableSoftwareTokenMFAException: 'wrong-code',
  ExpiredCodeException: 'expired',
  InvalidPasswordException: 'weak-password',
  PasswordHistoryPolicyViolationException: 'weak-password',
  PasswordResetRequiredException: 'reset-required',
  LimitExceededException: 'too-many',
  TooManyRequestsException: 'too-many',
  TooManyFailedAttemptsException: 'too-many',
  ResourceNotFoundException: 'no-such-pool',
};

/** The error of an answer of Cognito, or of none. */
export function signInError(cause: unknown): SignInError {
  if (cause instanceof SignInError) return cause;
  const { code, name, message } = (cause ?? {}) as { code?: string; name?: string; message?: string };
  const said = message || String(cause);
  if (said === 'Network error') return new SignInError('unreachable', said, { cause });
  if (/session is expired|Temporary password has expired/i.test(said))
    return new SignInError('expired', said, { cause });
  if (/attempts exceeded/i.test(said)) return new SignInError('too-many', said, { cause });
  return new SignInError(FAULTS[code ?? name ?? ''] ?? 'unknown', said, { cause });
}
