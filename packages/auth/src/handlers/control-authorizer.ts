import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CONTROL_ROUTES } from '@granary/api';
import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { controlAuthorizer } from '../authorizer';
import { controlAuthorizerEnvironment, parseEnvironment } from '../environment';
import { UnauthorizedError } from '../errors';
import { identityProvider } from '../identity-provider';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { observed } from '../service-handler/observed';
import { createTelemetry } from '../service-handler/telemetry';
import { endedRows, endedSessions } from '../users/ended-sessions';

const environment = parseEnvironment(controlAuthorizerEnvironment);
const telemetry = createTelemetry('control-authorizer');
const { logger } = telemetry;

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: REQUEST_TIMEOUTS }));
const provider = identityProvider(environment);

// While Lambda still starts the environment. A failure is not final: the first token fetches the keys.
const hydrated = provider.hydrate().catch((error: unknown) => {
  logger.warn('signing keys not fetched at start', { error: error as Error });
});

const authorize = controlAuthorizer({
  provider,
  routes: CONTROL_ROUTES,
  logger,
  sessions: endedSessions({ read: endedRows(documents, environment.USER_TABLE_NAME) }),
});

/** Lambda TOKEN authorizer of the control plane. */
export const handler = observed(
  telemetry,
  async (event: APIGatewayTokenAuthorizerEvent) => {
    await hydrated;
    return authorize(event);
  },
  { refuses: (error) => error instanceof UnauthorizedError },
);
