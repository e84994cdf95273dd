const EXECUTE_API = /^https:\/\/([a-z0-9]+)\.execute-api\.[^/]+/;

/**
 * Where an API answers: its own address, or, behind the SDK's standard endpoint setting, the place where such an
 * endpoint serves the APIs that it holds.
 */
export function apiAddress(apiUrl: string, endpoint?: string): string {
  const url = apiUrl.replace(/\/*$/, '/');
  if (endpoint === undefined) return url;
  return url.replace(
    EXECUTE_API,
    (_, id: string) => `${endpoint.replace(/\/+$/, '')}/_aws/execute-api/${id}`,
  );
}
