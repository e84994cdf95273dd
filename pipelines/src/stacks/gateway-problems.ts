import {
  ForbiddenProblem,
  InternalProblem,
  NotFoundProblem,
  type ProblemError,
  TooManyRequestsProblem,
  UnauthenticatedProblem,
} from '@granary/api';
import { CORS_EXPOSED_HEADERS } from '@granary/auth';
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

const NO_CREDENTIAL = new UnauthenticatedProblem('sign in and send the id token as a bearer token');
const REFUSED = new ForbiddenProblem('your role does not allow this, or your tenant is not active');

/** Seconds that a bucket of the throttle takes to have a token again. */
const THROTTLE_RETRY_SECONDS = 1;
/**
 * The quota begins anew at midnight UTC, and the gateway can send fixed values only: a client that obeys asks 24
 * times a day at most and is an hour late at most.
 */
const QUOTA_RETRY_SECONDS = 3600;

/** Too many requests, with the time to wait. */
class LimitProblem extends TooManyRequestsProblem {
  override readonly headers: Readonly<Record<string, string>>;

  constructor(detail: string, retryAfter: number) {
    super(detail);
    this.headers = { 'Retry-After': String(retryAfter) };
  }
}

/** What the gateway answers by itself, in the words that the services use. */
const PROBLEMS: readonly [ResponseType, ProblemError][] = [
  [ResponseType.UNAUTHORIZED, NO_CREDENTIAL],
  [ResponseType.ACCESS_DENIED, REFUSED],
  [ResponseType.INVALID_API_KEY, REFUSED],
  // API Gateway's name for "no such route".
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, new NotFoundProblem('there is no such route')],
  [
    ResponseType.THROTTLED,
    new LimitProblem('too many requests at once; try again shortly', THROTTLE_RETRY_SECONDS),
  ],
  [
    ResponseType.QUOTA_EXCEEDED,
    new LimitProblem(
      'the requests of today are used up; the next ones are served from 00:00 UTC',
      QUOTA_RETRY_SECONDS,
    ),
  ],
  [ResponseType.DEFAULT_5XX, new InternalProblem()],
];

/** As on the services' answers. Any origin: callers prove themselves by a token, never by a cookie. */
const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': CORS_EXPOSED_HEADERS.join(','),
  'Content-Type': 'application/problem+json',
} as const;

/** Gives every answer of the gateway itself a body of `application/problem+json` and CORS headers. */
export function addGatewayProblems(api: RestApi): void {
  for (const [type, problem] of PROBLEMS)
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(problem.status),
      responseHeaders: quoted({ ...HEADERS, ...problem.headers }),
      templates: { 'application/json': JSON.stringify(problem.toProblem('$context.requestId')) },
    });
  // The rest keep their own status and words.
  api.addGatewayResponse('DEFAULT_4XX', {
    type: ResponseType.DEFAULT_4XX,
    responseHeaders: quoted(HEADERS),
    templates: {
      'application/json':
        '{"type":"about:blank","title":"Request refused","detail":$context.error.messageString,"instance":"$context.requestId"}',
    },
  });
}

function quoted(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}
