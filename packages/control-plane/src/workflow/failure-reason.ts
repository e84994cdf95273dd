/**
 * Why a step stopped, in words for who asked for the operation. Records hold the code, so that no text of an
 * exception, no ARN and no account id can reach a public answer.
 */
export const FAILURE_WORDS = {
  'access-refused': 'the deployment did not let the platform in; our operators have to look at it',
  'already-ended': 'this had ended before',
  busy: 'the deployment was too busy; try again later',
  cancelled: 'an operator cancelled it',
  'data-differs':
    'the rows at both ends, or in the archive, are not the same; our operators have to look at it',
  'data-refused': 'the rows could not be moved or removed safely; our operators have to look at it',
  'deployment-changed':
    'the deployment that was to serve the tenant has changed; our operators have to look at it',
  'email-refused': 'no invitation can be sent to this e-mail address',
  'email-undelivered': 'the invitation could not be delivered to this e-mail address',
  'email-taken': 'the e-mail address belongs to a user of another tenant',
  interrupted: 'the step was interrupted',
  'no-capacity': 'the deployment that was to serve the tenant is full; try again later',
  'not-configured': 'the platform is not set up for this; our operators have to look at it',
  'refused-outside': 'another system that takes part refused',
  'source-refused': 'the manifest could not be changed; our operators have to look at it',
  superseded: 'a newer operation of this tenant took over',
  'timed-out': 'the step took too long',
  'wait-timed-out': 'nobody answered in time: neither a deployment nor another system that takes part',
  unexpected: 'something went wrong on our side; our operators have to look at it',
} as const;

export type FailureReason = keyof typeof FAILURE_WORDS;

export const FAILURE_REASONS = Object.keys(FAILURE_WORDS) as [FailureReason, ...FailureReason[]];
