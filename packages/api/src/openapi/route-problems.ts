import type { Route } from '../route';

/** The errors of both planes: name of the component, and what it tells. */
export const PROBLEMS: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['InvalidRequest', 'The request is not as it must be; `violations` tells where.'],
  401: ['Unauthenticated', 'There is no valid token.'],
  403: ['Forbidden', "The caller's role does not permit this."],
  404: ['NotFound', 'There is no such thing, or it is not the callers to see.'],
  409: ['Conflict', 'What is there does not allow it; `detail` says what.'],
  412: ['VersionMismatch', 'Somebody else changed it since it was read: read it again.'],
  413: ['BodyTooLarge', 'The body has more bytes than are taken.'],
  428: ['VersionRequired', 'Send the ETag that you read in an If-Match header.'],
  429: ['TooManyRequests', 'Wait as long as `Retry-After` says.'],
  500: ['InternalError', 'A fault of ours; `instance` helps us to find it.'],
  503: ['Unavailable', 'Paused or without room for the moment; try again as `Retry-After` says.'],
};

/** Statuses of the errors that a route can answer. */
export function problemStatuses(route: Route): readonly number[] {
  const asks = route.params ?? route.query ?? route.body ?? route.ifMatch;
  return [
    ...(asks ? [400] : []),
    ...(route.access === 'public' ? [] : [401, 403]),
    ...(route.params ? [404] : []),
    ...(route.method === 'GET' ? [] : [409]),
    ...(route.ifMatch ? [412] : []),
    ...(route.body ? [413] : []),
    ...(route.ifMatch ? [428] : []),
    429,
    500,
    503,
  ];
}
