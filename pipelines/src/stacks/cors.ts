/** Headers that a browser's script may send. */
export const ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'If-Match'] as const;

/** On answers of the gateway itself; the services set the same on theirs. Any origin: no cookie is involved. */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,Retry-After',
} as const;
