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

/** What the gateway answers by itself, in the words that the services use. */
const PROBLEMS: readonly [ResponseType, ProblemError][] = [
  [ResponseType.UNAUTHORIZED, NO_CREDENTIAL],
  [ResponseType.ACCESS_DENIED, REFUSED],
  [ResponseType.INVALID_API_KEY, REFUSED],
  // API Gateway's name for "no such route".
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, new NotFoundProblem('there is no such route')],
  [ResponseType.THROTTLED, new TooManyRequestsProblem('too many requests at once; try again shortly')],
  [ResponseType.QUOTA_EXCEEDED, new TooManyRequestsProblem("the plan's requests of today are used up")],
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
  const headers = Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name, `'${value}'`]));
  for (const [type, problem] of PROBLEMS)
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(problem.status),
      responseHeaders: headers,
      templates: { 'application/json': JSON.stringify(problem.toProblem('$context.requestId')) },
    });
  // The rest keep their own status and words.
  api.addGatewayResponse('DEFAULT_4XX', {
    type: ResponseType.DEFAULT_4XX,
    responseHeaders: headers,
    templates: {
      'application/json':
        '{"type":"about:blank","title":"Request refused","detail":$context.error.messageString,"instance":"$context.requestId"}',
    },
  });
}
