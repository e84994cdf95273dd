import { pagePath } from '../page-path';
import type { Entry } from '../site';
import type { EdgeRequest } from './edge-event';

/** Sends a request to the file that answers it. */
export function routeRequest(request: EdgeRequest, entries: readonly Entry[]): EdgeRequest {
  request.uri = pagePath(entries, request.uri);
  return request;
}
