/** Whether a failure passes by itself, or somebody has to mend something. */
export type FailureKind = 'transient' | 'permanent';

export interface FailureRule {
  /** The service's name for the error. @default any */
  readonly code?: RegExp;
  /** What the error, or CloudFormation's reason for a resource, says. @default any */
  readonly message?: RegExp;
  readonly kind: FailureKind;
  readonly why: string;
}

/** The first rule that fits decides. What no rule fits is permanent: trying again must be known to help. */
export const FAILURE_TABLE: readonly FailureRule[] = [
  {
    code: /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown|PriorRequestNotComplete|ProvisionedThroughputExceededException)$/,
    kind: 'transient',
    why: 'the service is asked too often',
  },
  {
    code: /^(InternalFailure|InternalError|InternalServerError|InternalServiceError|InternalServiceException|ServiceException|ServiceUnavailable|ServiceUnavailableException|RequestTimeout|RequestTimeoutException|TimeoutError)$/,
    kind: 'transient',
    why: 'the service is at fault',
  },
  {
    code: /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|NetworkingError)$/,
    kind: 'transient',
    why: 'the network is at fault',
  },
  {
    code: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    kind: 'transient',
    why: 'the session has ended; the next call opens another',
  },
  {
    code: /^(OperationInProgressException|ResourceConflictException|ConcurrentModificationException|InvalidChangeSetStatus)$/,
    kind: 'transient',
    why: 'another operation is under way',
  },
  {
    message:
      /\b(is in|in) [A-Z_]*(IN_PROGRESS)\b|operation (is )?in progress|another operation is (currently )?in progress/i,
    kind: 'transient',
    why: 'another operation on the stack is under way',
  },
  {
    message:
      /rate exceeded|throttl|too many requests|request limit exceeded|\bslow ?down\b|status code: 429|reached max retries/i,
    kind: 'transient',
    why: 'a service that CloudFormation calls is asked too often',
  },
  {
    message:
      /internal ?failure|internal (server |service )?error|service ?unavailable|status code: 5\d\d|did not stabilize|connection (was )?reset/i,
    kind: 'transient',
    why: 'a service that CloudFormation calls is at fault',
  },
  {
    code: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|InsufficientCapabilitiesException|InsufficientCapabilities)$/,
    kind: 'permanent',
    why: 'a right is missing',
  },
  { code: /^LimitExceededException$/, kind: 'permanent', why: 'a quota is used up' },
  { code: /^ValidationError$/, kind: 'permanent', why: 'the template or its parameters are wrong' },
];
