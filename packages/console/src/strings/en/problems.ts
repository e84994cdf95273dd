/** What went wrong, and what to do: the answers of the APIs. */
export const PROBLEMS = {
  offline: {
    heading: 'You are offline',
    text: 'This device has no network at the moment. What you see may be old. Try again when it is back.',
  },
  unreachable: {
    heading: 'No answer',
    text: 'The service did not answer. It may be the network, or the service itself. Try again in a moment.',
  },
  unauthenticated: {
    heading: 'Your session has ended',
    text: 'Sign in again to go on.',
  },
  forbidden: {
    heading: 'You may not do this',
    text: 'Your role does not allow it, or your account or tenant has been put on hold. Ask an administrator.',
  },
  notFound: {
    heading: 'Not found',
    text: 'It does not exist, or not any more, or it belongs to somebody else.',
  },
  conflict: {
    heading: 'This does not fit what is there',
    text: 'Something else stands in the way. Look at the reason, change it and try again.',
  },
  changed: {
    heading: 'Somebody else has changed it',
    text: 'It was changed after you opened it, so your change was not saved. Load it again, and make your change on what is there now.',
  },
  invalid: {
    heading: 'Something is not filled in right',
    text: 'Correct what is marked and send it again.',
  },
  throttled: {
    heading: 'Too many requests at once',
    text: 'More requests came in a moment than the plan allows. Wait a little and try again.',
  },
  quota: {
    heading: "Today's requests are used up",
    text: "Your tenant has sent all the requests that its plan allows in a day. The next day's share begins at midnight UTC; a larger plan has a larger share.",
  },
  busy: {
    heading: 'Not at this moment',
    text: 'Data is being moved, or others are changing the same. Nothing was changed by this; the same works again shortly.',
  },
  server: {
    heading: 'The service has a fault',
    text: 'Something went wrong on our side. Try again in a moment; if it stays, tell support the request id.',
  },
  unknown: {
    heading: 'Something went wrong',
    text: 'This page met something that it does not understand. Reload it; if it stays, tell support.',
  },
} as const;

/** Why somebody could not sign in. */
export const SIGN_IN_PROBLEMS = {
  'wrong-credentials': {
    heading: 'Not signed in',
    text: 'The e-mail address or the password is wrong, or the account is disabled.',
  },
  'wrong-code': { heading: 'Wrong code', text: 'The code is not right. Type the newest one.' },
  'weak-password': {
    heading: 'Choose another password',
    text: 'It needs at least 12 characters, with an upper-case and a lower-case letter, a digit and a symbol.',
  },
  expired: {
    heading: 'Too late',
    text: 'The code or the temporary password has expired. Start again, or ask an administrator for a new invitation.',
  },
  'reset-required': {
    heading: 'A new password is needed',
    text: 'An administrator has reset your password. Choose “Forgot password” to set a new one.',
  },
  'too-many': { heading: 'Too many attempts', text: 'Wait a few minutes before you try again.' },
  unreachable: {
    heading: 'No answer',
    text: 'The sign-in service did not answer. Look at your network and try again.',
  },
  'no-such-pool': {
    heading: 'Sign-in is not set up',
    text: 'This page names a user pool that does not exist. Tell whoever runs the platform.',
  },
  ended: { heading: 'Your session has ended', text: 'Sign in again to go on.' },
  unknown: { heading: 'Not signed in', text: 'Something went wrong at the sign-in. Try again.' },
} as const;
