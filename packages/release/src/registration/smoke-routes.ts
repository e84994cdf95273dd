import type { Route } from '@granary/api';

/** Every public health route of an API, and one protected route that must refuse a stranger. */
export function smokeRoutes(routes: readonly Route[]): {
  readonly healthPaths: readonly string[];
  readonly guardedPath: string;
} {
  const health = routes.filter(({ access, path }) => access === 'public' && path.startsWith('/health/'));
  const guarded = routes.find(
    ({ access, method, path }) => access !== 'public' && method === 'GET' && !path.includes('{'),
  );
  return { healthPaths: health.map(({ path }) => path), guardedPath: guarded?.path ?? '' };
}
