import type { FailureReason } from './failure-reason';

/** What an error of AWS, by its name, means to a step. */
export interface FailureRule {
  readonly names: readonly string[];
  readonly retry: boolean;
  readonly reason: FailureReason;
  readonly why: string;
}

/** The first rule that names the error holds. */
export const FAILURE_TABLE: readonly FailureRule[] = [
  {
    names: ['AccessDenied', 'AccessDeniedException', 'NotAuthorizedException', 'UnrecognizedClientException'],
    retry: true,
    reason: 'access-refused',
    why: 'a role that was just made takes seconds to be known everywhere',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId'],
    retry: true,
    reason: 'access-refused',
    why: 'the next try assumes the role anew',
  },
  {
    names: ['NotFoundException', 'ResourceNotFoundException'],
    retry: false,
    reason: 'deployment-changed',
    why: 'a plan, a pool or a table that was registered is gone',
  },
  {
    names: ['InvalidParameterException'],
    retry: false,
    reason: 'email-refused',
    why: 'only the administrator takes such parameters, and only the address is the buyer\u2019s',
  },
  {
    names: [
      'TooManyRequestsException',
      'LimitExceededException',
      'ThrottlingException',
      'Throttling',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ServiceUnavailableException',
      'InternalServerError',
      'InternalErrorException',
      'ContentionProblem',
    ],
    retry: true,
    reason: 'busy',
    why: 'load passes',
  },
  {
    names: ['CodeDeliveryFailureException'],
    retry: false,
    reason: 'email-undelivered',
    why: 'the user may have been created all the same',
  },
  {
    names: [
      'MessageRejected',
      'MailFromDomainNotVerifiedException',
      'AccountSuspendedException',
      'SendingPausedException',
    ],
    retry: false,
    reason: 'email-undelivered',
    why: 'the sender has to be made known to SES, or SES asked to let it send',
  },
  {
    names: ['TimeoutError', 'AbortError', 'States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown'],
    retry: true,
    reason: 'timed-out',
    why: 'the next try may be faster',
  },
  {
    names: ['TransientTenantDataError', 'SliceFailedError'],
    retry: true,
    reason: 'busy',
    why: 'a slice of the rows met a throttle, or a role that was just made',
  },
  {
    names: ['TenantDataMismatchError'],
    retry: false,
    reason: 'data-differs',
    why: 'what was counted or signed is not what is there',
  },
  {
    names: ['TenantDataRefusedError'],
    retry: false,
    reason: 'data-refused',
    why: 'the rows are not frozen by this operation, or the deployment cannot take them',
  },
  {
    names: ['WriteRefusedError'],
    retry: true,
    reason: 'interrupted',
    why: 'two runs of a step overlapped; the next try reads again',
  },
];

/** An error that no rule names may be a passing one; the state machine bounds the tries. */
export const UNNAMED_FAILURE = { retry: true, reason: 'unexpected' } as const;
