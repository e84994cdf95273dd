import {
  ForbiddenProblem,
  type InternalProblem,
  type Plane,
  type ProblemError,
  type Role,
  type Route,
  type RouteNamed,
  type RouteRequest,
  type RouteResponse,
  UnauthenticatedProblem,
} from '@granary/api';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { ConsumedCapacity } from '../consumed-capacity';
import { AuthorizerContextError, InvalidTokenError } from '../errors';
import type { Principal } from '../principal';
import { type AuditPort, auditTrail } from './audit-trail';
import { callLabels } from './call-labels';
import { toProblem } from './failure';
import { parseRequest } from './request';
import { requestHeader } from './request-header';
import { problemResponse, successResponse } from './response';
import { routeMatch } from './route-match';
import { beginRequest, createTelemetry, type Telemetry } from './telemetry';

/** What API Gateway calls. */
export type ServiceHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** What the implementation of a `public` route is given. */
export type PublicContext = Telemetry;

/** The implementation of one route; `Authenticated` is what it is given unless the route is public. */
export type Operation<R extends Route, Authenticated> = (
  request: RouteRequest<R>,
  context: R['access'] extends 'public' ? PublicContext : Authenticated,
) => Promise<RouteResponse<R>>;

/** One implementation for each route, by the name of its operation; the compiler refuses a missing one. */
export type Operations<Routes extends readonly Route[], Authenticated> = {
  readonly [Name in Routes[number]['operation']]: Operation<RouteNamed<Routes, Name>, Authenticated>;
};

/** How a handler of either plane is made. */
export interface HandlerOptions<Routes extends readonly Route[], Authenticated> {
  /** The service's name in logs, metrics and traces. */
  readonly service: string;
  readonly routes: Routes;
  readonly operations: NoInfer<Operations<Routes, Authenticated>>;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** Who calls a guarded route. */
interface ServiceCaller {
  readonly principal: Principal;
  /** What its operation is given besides, asked for once the request holds. @default nothing */
  grants?(): Promise<object>;
}

interface ServiceOptions extends HandlerOptions<readonly Route[], never> {
  readonly plane: Plane;
  /** What the operations' clients consume. @default not known */
  readonly capacity?: ConsumedCapacity | undefined;
  /** Reads the caller from what the authorizer wrote. */
  readonly callerOf: (event: APIGatewayProxyEvent) => ServiceCaller;
  /** Where requests that can change something leave a line. @default nowhere */
  readonly audit?: AuditPort | null;
}

type AnyOperation = (request: unknown, context: unknown) => Promise<unknown>;

/** The handler of one service: match, admit, parse, operate, answer. Every error becomes a problem document. */
export function serviceHandler(options: ServiceOptions): ServiceHandler {
  const { plane, routes, callerOf } = options;
  const operations = options.operations as Readonly<Record<string, AnyOperation>>;
  const telemetry = options.telemetry ?? createTelemetry(options.service);
  const match = routeMatch(routes);

  return async (event, context) => {
    const requestId = event.requestContext?.requestId ?? context.awsRequestId;
    const span = beginRequest({ ...telemetry, context, requestId, capacity: options.capacity });
    const trail = auditTrail(options.audit, event, requestId);
    const { concerns } = trail;

    const operate = async (): Promise<APIGatewayProxyResult> => {
      const route = match(event.httpMethod, event.resource);
      trail.match(route);
      const label = `${route.method} ${route.path}`;
      span.label({ route: label });
      const caller = route.access === 'public' ? undefined : callerOf(event);
      if (caller && route.access !== 'public') {
        const { principal } = caller;
        trail.admit(principal);
        if (principal.kind === 'tenant')
          span.label({ route: label, tenantId: principal.tenantId, tier: principal.tier });
        permit(route.access, principal.role);
        inTime(principal);
      }
      const request = parseRequest(route, event);
      const operation = operations[route.operation] as AnyOperation;
      const given = caller && { principal: caller.principal, concerns, ...(await caller.grants?.()) };
      const { usage } = span;
      const answer = await operation(request, { ...given, ...telemetry, usage });
      // What the request set going is followed by this id, through every function.
      const { operationId } = callLabels(answer);
      if (operationId) telemetry.logger.appendKeys({ operationId, correlationId: operationId });
      return successResponse(route, answer, requestHeader(event, 'if-none-match'));
    };
    const refuse = (error: unknown): Outcome => {
      const problem = toProblem(error, plane);
      return { response: problemResponse(problem, requestId), fault: faultOf(problem, error) };
    };

    let outcome: Outcome = await operate().then((response) => ({ response }), refuse);
    try {
      await trail.end(outcome.response.statusCode);
    } catch (error) {
      // What failed before it is still the first thing to know.
      if (outcome.fault !== undefined) telemetry.logger.error('request failed', { error: outcome.fault });
      outcome = refuse(error);
    }
    span.end(outcome.response.statusCode, outcome.fault);
    return outcome.response;
  };
}

interface Outcome {
  readonly response: APIGatewayProxyResult;
  /** What the log must explain. @default nothing */
  readonly fault?: unknown;
}

/** The gateway's policy says the same; a handler that is reached in another way still refuses. */
function permit(access: readonly Role[], role: Role): void {
  if (!access.includes(role)) throw new ForbiddenProblem(`your role, ${role}, does not permit this`);
}

/** The gateway replays the authorizer's answer for minutes: an access that ended meanwhile ends here. */
function inTime(principal: Principal): void {
  if (principal.kind === 'tenant' && (principal.accessUntil ?? Number.POSITIVE_INFINITY) <= Date.now() / 1000)
    throw new UnauthenticatedProblem('your access to this tenant has ended');
}

/** What the log must explain: our faults, a method without its authorizer, a token that only the gateway took. */
function faultOf(problem: ProblemError | InternalProblem, error: unknown): unknown {
  const explained = error instanceof AuthorizerContextError || error instanceof InvalidTokenError;
  return problem.status >= 500 || explained ? error : undefined;
}
