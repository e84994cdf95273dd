import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { APPLICATION_ROUTES } from '@granary/api';
import type { APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { applicationAuthorizer } from '../authorizer';
import { applicationAuthorizerEnvironment, parseEnvironment } from '../environment';
import { UnauthorizedError } from '../errors';
import { identityProvider } from '../identity-provider';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { observed } from '../service-handler/observed';
import { createTelemetry } from '../service-handler/telemetry';
import { stsSession } from '../sts-session';
import { tenantCredentials } from '../tenant-credentials';
import { tenantDirectory, tenantRows } from '../tenant-directory';
import { endedRows, endedSessions } from '../users/ended-sessions';

const environment = parseEnvironment(applicationAuthorizerEnvironment);
const telemetry = createTelemetry('application-authorizer');
const { logger } = telemetry;
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: REQUEST_TIMEOUTS }));

const provider = identityProvider(environment);

// While Lambda still starts the environment, which costs the caller nothing. A failure is not final: the first
// token that needs the keys fetches them.
const hydrated = provider.hydrate().catch((error: unknown) => {
  logger.warn('signing keys not fetched at start', { error: error as Error });
});

// The environment requires it of an authorizer that vends.
const roleArn = environment.CREDENTIAL_VENDING === 'authorizer' ? environment.TENANT_ROLE_ARN : undefined;

const authorize = applicationAuthorizer({
  provider,
  routes: APPLICATION_ROUTES,
  logger,
  sessions: environment.IDENTITY_PROVIDER
    ? null
    : endedSessions({ read: endedRows(documents, environment.USER_TABLE_NAME) }),
  directory: tenantDirectory({ read: tenantRows(documents, environment.TENANT_TABLE_NAME) }),
  ...(roleArn
    ? {
        credentials: tenantCredentials({
          roleArn,
          assume: stsSession(new STSClient({ requestHandler: REQUEST_TIMEOUTS })),
        }),
      }
    : {}),
});

/** Lambda TOKEN authorizer of a deployment of the application plane. */
export const handler = observed(
  telemetry,
  async (event: APIGatewayTokenAuthorizerEvent) => {
    await hydrated;
    return authorize(event);
  },
  { refuses: (error) => error instanceof UnauthorizedError },
);
