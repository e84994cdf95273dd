import { type AuditActor, type AuditEntry, ProblemError, type Route, tenantIdSchema } from '@granary/api';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Principal } from '../principal';

/** Writes a line where nothing gets lost. What it throws fails the request. */
export type AuditPort = (entry: AuditEntry) => Promise<void>;

/** What a line says besides what the request's path says. */
export interface Concern {
  /** @default the tenant that the path names */
  readonly tenantId?: string;
  /** What was done something to, besides the tenant. @default nothing */
  readonly subject?: string;
  /** Why, as the caller says. @default nothing said */
  readonly reason?: string;
}

/** The request was answered, but nobody would ever know: the caller has to look before it sends it again. */
export class AuditUnavailableProblem extends ProblemError {
  readonly status = 503;
  readonly title = 'Not available now';
  readonly slug = 'service-unavailable';
  override readonly headers = { 'Retry-After': '5' };

  constructor(options: ErrorOptions) {
    super(
      'the request could not be entered into the audit log; it may have been carried out: read before you send it again',
      options,
    );
  }
}

/** Whether requests of a route leave a line in the audit log: those that can change something and name a person. */
export function isAudited({ method, access }: Route): boolean {
  return method !== 'GET' && access !== 'public';
}

/** What becomes known of one request on its way, until its line is written. */
export interface AuditTrail {
  match(route: Route): void;
  admit(principal: Principal): void;
  concerns(concern: Concern): void;
  /**
   * Writes the line, if the route asks for one. `status` is that of the answer.
   * @throws AuditUnavailableProblem when it could not be written
   */
  end(status: number): Promise<void>;
}

/** Begins the trail of a request. */
export function auditTrail(
  audit: AuditPort | null | undefined,
  event: APIGatewayProxyEvent,
  requestId: string,
): AuditTrail {
  let route: Route | undefined;
  let actor: AuditActor = { kind: 'anonymous' };
  let concern: Concern = pathTenant(event);
  return {
    match: (matched) => {
      route = matched;
    },
    admit: ({ kind, userName, role }) => {
      actor = { kind, userName, role };
    },
    concerns: (more) => {
      concern = { ...concern, ...more };
    },
    end: async (status) => {
      if (!audit || !route || !isAudited(route)) return;
      const sourceIp = event.requestContext?.identity?.sourceIp;
      try {
        await audit({
          entryId: `request:${requestId}`,
          at: new Date().toISOString(),
          actor,
          action: route.operation,
          ...concern,
          ...(sourceIp ? { sourceIp } : {}),
          requestId,
          result: status < 400 ? 'succeeded' : status < 500 ? 'refused' : 'failed',
          status,
        });
      } catch (cause) {
        throw new AuditUnavailableProblem({ cause });
      }
    },
  };
}

/** The path is read as it came: a request that is refused for it has a line as well. */
function pathTenant(event: APIGatewayProxyEvent): Concern {
  const named = tenantIdSchema.safeParse(event.pathParameters?.tenantId);
  return named.success ? { tenantId: named.data } : {};
}
