import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { USAGE_ROUTES } from '@granary/api';
import { applicationHandler, tenantPerson } from '@granary/auth';
import { keptUsage } from './kept-usage';
import { usageOperations } from './operations';
import { apiGatewayUsage } from './usage-source';

// Two questions of two attempts each end well before the function does.
const client = new APIGatewayClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
});

const NONE = { accessKeyId: '', secretAccessKey: '', sessionToken: '', expiresAt: new Date(0) };

/** The usage function. It needs no settings. */
export const handler = applicationHandler({
  service: 'usage',
  routes: USAGE_ROUTES,
  // The operations reach no row of a tenant: whatever vends credentials, none come here.
  vending: ({ requestContext }) => ({
    principal: tenantPerson(requestContext?.authorizer),
    credentials: async () => NONE,
  }),
  documents: () => undefined as never,
  operations: usageOperations({
    usageOf: keptUsage({ source: apiGatewayUsage(client), now: Date.now }),
    now: Date.now,
  }),
});
