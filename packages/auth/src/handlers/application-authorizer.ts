import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { APPLICATION_ROUTES } from '@granary/api';
import { type Authorizer, applicationAuthorizer } from '../authorizer';
import { applicationAuthorizerEnvironment, parseEnvironment } from '../environment';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { serviceLogger } from '../service-logger';
import { stsSession } from '../sts-session';
import { tenantCredentials } from '../tenant-credentials';
import { tenantDirectory, tenantRows } from '../tenant-directory';
import { tokenVerifier } from '../token-verifier';

const environment = parseEnvironment(applicationAuthorizerEnvironment);
const logger = serviceLogger('application-authorizer');
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler: REQUEST_TIMEOUTS }));

const verifier = tokenVerifier({
  userPoolId: environment.USER_POOL_ID,
  clientId: environment.USER_POOL_CLIENT_ID,
  ...(environment.AWS_ENDPOINT_URL ? { endpoint: environment.AWS_ENDPOINT_URL } : {}),
});

// While Lambda still starts the environment, which costs the caller nothing. A failure is not final: the first
// token that needs the keys fetches them.
const hydrated = verifier.hydrate().catch((error: unknown) => {
  logger.warn('signing keys not fetched at start', { error: error as Error });
});

const authorize = applicationAuthorizer({
  verifier,
  routes: APPLICATION_ROUTES,
  logger,
  directory: tenantDirectory({ read: tenantRows(documents, environment.TENANT_TABLE_NAME) }),
  credentials: tenantCredentials({
    roleArn: environment.TENANT_ROLE_ARN,
    assume: stsSession(new STSClient({ requestHandler: REQUEST_TIMEOUTS })),
  }),
});

/** Lambda TOKEN authorizer of a deployment of the application plane. */
export const handler: Authorizer = async (event) => {
  await hydrated;
  return authorize(event);
};
