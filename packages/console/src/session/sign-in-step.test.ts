import { SignInError, signInError } from './sign-in-step';

const answer = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  [answer('NotAuthorizedException', 'Incorrect username or password.'), 'wrong-credentials'],
  [answer('UserNotFoundException', 'User does not exist.'), 'wrong-credentials'],
  [answer('NotAuthorizedException', 'Temporary password has expired and must be reset.'), 'expired'],
  [answer('NotAuthorizedException', 'Password attempts exceeded'), 'too-many'],
  [answer('NotAuthorizedException', 'Invalid session for the user, session is expired.'), 'expired'],
  [answer('CodeMismatchException', 'Invalid code received for user'), 'wrong-code'],
  [answer('InvalidPasswordException', 'Password must have symbol characters'), 'weak-password'],
  [answer('PasswordResetRequiredException', 'Password reset required for the user'), 'reset-required'],
  [answer('ResourceNotFoundException', 'User pool client does not exist.'), 'no-such-pool'],
  [new Error('Network error'), 'unreachable'],
  [answer('SomethingNew', 'what?'), 'unknown'],
  [undefined, 'unknown'],
])('%s is %s', (cause, fault) => {
  expect(signInError(cause)).toMatchObject({ fault });
});

test('an error that is known already stays as it is', () => {
  const error = new SignInError('ended', 'over');
  expect(signInError(error)).toBe(error);
});
