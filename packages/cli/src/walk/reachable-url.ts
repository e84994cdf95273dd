import { reachableApiUrls } from '@granary/local';

const LOCAL_API = /^https?:\/\/[^/]+(?=\/_aws\/execute-api\/)/;

/**
 * An API's URL as it answers on this machine now: a stack's output names a host of AWS, and a registration of an
 * earlier start may name that start's port.
 *
 * @param endpoint the engine's URL, without a slash at the end
 */
export function reachableUrl(url: string, endpoint: string): string {
  return reachableApiUrls(url, endpoint).replace(LOCAL_API, endpoint);
}

/** The REST API's id in its URL, in AWS's form or the local one. */
export function apiIdOf(url: string): string | undefined {
  return (
    /\/_aws\/execute-api\/([a-z0-9]+)/.exec(url)?.[1] ??
    /^https:\/\/([a-z0-9]+)\.execute-api\./.exec(url)?.[1]
  );
}
