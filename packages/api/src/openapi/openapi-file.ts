import type { Plane } from '../route';
import { APPLICATION_ROUTES } from '../routes/application-routes';
import { CONTROL_ROUTES } from '../routes/control-routes';
import { openApiDocument } from './openapi-document';

/** What `docs/openapi/<plane>.json` holds. @param named this package's exports */
export function openApiFile(plane: Plane, named: Readonly<Record<string, unknown>>): string {
  const routes = plane === 'control' ? CONTROL_ROUTES : APPLICATION_ROUTES;
  return `${JSON.stringify(openApiDocument({ plane, routes, named }), null, 2)}\n`;
}
