/**
 * Bounds of one attempt of an SDK client, in milliseconds. The SDK's own default is to wait for as long as the
 * function lives; three attempts within these bounds end before the gateway gives up on an answer (29 s).
 */
export const REQUEST_TIMEOUTS = {
  connectionTimeout: 1000,
  requestTimeout: 5000,
  throwOnRequestTimeout: true,
} as const;
