import type { Route } from '@granary/api';
import { operatorCaller } from '../authorizer-context';
import type { OperatorPrincipal } from '../principal';
import { type HandlerOptions, type ServiceHandler, serviceHandler } from './service-handler';
import type { Telemetry } from './telemetry';

/** What the implementation of a control route is given. */
export interface ControlContext extends Telemetry {
  readonly principal: OperatorPrincipal;
}

/** How a service of the control plane is made. */
export type ControlHandlerOptions<Routes extends readonly Route[]> = HandlerOptions<Routes, ControlContext>;

/** The Lambda handler of a service of the control plane. Create it once, outside of the request. */
export function controlHandler<const Routes extends readonly Route[]>(
  options: ControlHandlerOptions<Routes>,
): ServiceHandler {
  return serviceHandler({
    service: options.service,
    routes: options.routes,
    operations: options.operations as never,
    ...(options.telemetry ? { telemetry: options.telemetry } : {}),
    plane: 'control',
    callerOf: (event) => operatorCaller(event.requestContext?.authorizer),
  });
}
