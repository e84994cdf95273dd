import type { ServiceHandler } from '../service-handler/service-handler';
import { capturedOutput } from './captured-output';
import { type EventOptions, gatewayEvent, LAMBDA_CONTEXT } from './gateway-event';

/** Calls a handler as the gateway does, quietly; gives the answer, its parsed body and all that was logged. */
export async function handlerCall(handler: ServiceHandler, options: EventOptions) {
  const { result, output } = await capturedOutput(() => handler(gatewayEvent(options), LAMBDA_CONTEXT));
  return { ...result, output, json: result.body ? JSON.parse(result.body) : undefined };
}
