import { NotFoundProblem, type Route } from '@granary/api';
import { RouteTableError } from '../errors';

/** Finds the route of a request by its method and API Gateway's resource (`/products/{productId}`). */
export type RouteMatch = (method: string, resource: string) => Route;

/**
 * Makes the look-up of a service's routes.
 * @throws RouteTableError when two routes answer the same request; the look-up throws NotFoundProblem
 */
export function routeMatch(routes: readonly Route[]): RouteMatch {
  const byKey = new Map<string, Route>();
  for (const route of routes) {
    const key = `${route.method} ${route.path}`;
    if (byKey.has(key)) throw new RouteTableError(`route table: ${key} is defined twice: remove one`);
    byKey.set(key, route);
  }
  return (method, resource) => {
    const route = byKey.get(`${method} ${resource}`);
    if (!route) throw new NotFoundProblem('this service has no such route');
    return route;
  };
}
