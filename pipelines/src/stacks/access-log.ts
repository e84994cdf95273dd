/** A line of an API's access log. No token, no header, no body, no credential. */
export const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTimeEpoch',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  errorType: '$context.error.responseType',
  tenantId: '$context.authorizer.tenantId',
  tier: '$context.authorizer.tier',
  userId: '$context.authorizer.userId',
} as const;
