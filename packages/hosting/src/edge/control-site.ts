import type { Entry } from '../site';
import type { EdgeEvent } from './edge-event';
import { routeRequest } from './route-request';

declare const ENTRIES: readonly Entry[];

/** The function of the operators' site. */
export async function handler(event: EdgeEvent) {
  return routeRequest(event.request, ENTRIES);
}
