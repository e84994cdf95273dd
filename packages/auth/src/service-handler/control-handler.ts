import type { Route } from '@granary/api';
import { operatorCaller } from '../authorizer-context';
import { RouteTableError } from '../errors';
import type { OperatorPrincipal } from '../principal';
import { type AuditPort, type Concern, isAudited } from './audit-trail';
import { type HandlerOptions, type ServiceHandler, serviceHandler } from './service-handler';
import type { Telemetry } from './telemetry';

/** What the implementation of a control route is given. */
export interface ControlContext extends Telemetry {
  readonly principal: OperatorPrincipal;
  /** Adds to the request's line of the audit log what its path does not say. */
  readonly concerns: (concern: Concern) => void;
}

/** How a service of the control plane is made. */
export interface ControlHandlerOptions<Routes extends readonly Route[]>
  extends HandlerOptions<Routes, ControlContext> {
  /**
   * Where requests that can change something leave a line, refused ones too; null turns it off.
   * @default none: allowed only where no route asks for a line
   */
  readonly audit?: AuditPort | null;
}

/**
 * The Lambda handler of a service of the control plane. Create it once, outside of the request.
 * @throws RouteTableError when a route has to be audited and nothing says where
 */
export function controlHandler<const Routes extends readonly Route[]>(
  options: ControlHandlerOptions<Routes>,
): ServiceHandler {
  const unheard = options.audit === undefined ? options.routes.find(isAudited) : undefined;
  if (unheard)
    throw new RouteTableError(
      `service "${options.service}": ${unheard.method} ${unheard.path} has to be audited: pass \`audit\`, or null to turn it off`,
    );
  return serviceHandler({
    service: options.service,
    routes: options.routes,
    operations: options.operations as never,
    ...(options.telemetry ? { telemetry: options.telemetry } : {}),
    plane: 'control',
    callerOf: (event) => operatorCaller(event.requestContext?.authorizer),
    audit: options.audit ?? null,
  });
}
