/**
 * Bounds of one attempt of an SDK client, in milliseconds. The SDK's own default is to wait for as long as the
 * function lives; its three attempts within these bounds end within ten seconds.
 */
export const REQUEST_TIMEOUTS = {
  connectionTimeout: 1000,
  requestTimeout: 2500,
  throwOnRequestTimeout: true,
} as const;
