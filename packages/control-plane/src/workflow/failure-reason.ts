/**
 * Why onboarding stopped, in words for the buyer. Records hold the code, so that no text of an exception, no
 * ARN and no account id can reach a public answer.
 */
export const FAILURE_WORDS = {
  'access-refused': 'the deployment did not let the platform in; our operators have to look at it',
  'already-ended': 'this sign-up had ended before',
  busy: 'the deployment was too busy; send the same request again later',
  'deployment-changed':
    'the deployment that was to serve the tenant has changed; our operators have to look at it',
  'email-refused': 'no invitation can be sent to this e-mail address',
  'email-undelivered': 'the invitation could not be delivered to this e-mail address',
  'email-taken': 'the e-mail address belongs to a user of another tenant',
  interrupted: 'the step was interrupted',
  superseded: 'a newer sign-up of this tenant took over',
  'timed-out': 'the step took too long',
  unexpected: 'something went wrong on our side; our operators have to look at it',
} as const;

export type FailureReason = keyof typeof FAILURE_WORDS;

export const FAILURE_REASONS = Object.keys(FAILURE_WORDS) as [FailureReason, ...FailureReason[]];
