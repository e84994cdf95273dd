import { CONTROL_ROUTES } from '@granary/api';
import { type Authorizer, controlAuthorizer } from '../authorizer';
import { controlAuthorizerEnvironment, parseEnvironment } from '../environment';
import { serviceLogger } from '../service-logger';
import { tokenVerifier } from '../token-verifier';

const environment = parseEnvironment(controlAuthorizerEnvironment);
const logger = serviceLogger('control-authorizer');

const verifier = tokenVerifier({
  userPoolId: environment.USER_POOL_ID,
  clientId: environment.USER_POOL_CLIENT_ID,
  ...(environment.AWS_ENDPOINT_URL ? { endpoint: environment.AWS_ENDPOINT_URL } : {}),
});

// While Lambda still starts the environment. A failure is not final: the first token fetches the keys.
const hydrated = verifier.hydrate().catch((error: unknown) => {
  logger.warn('signing keys not fetched at start', { error: error as Error });
});

const authorize = controlAuthorizer({ verifier, routes: CONTROL_ROUTES, logger });

/** Lambda TOKEN authorizer of the control plane. */
export const handler: Authorizer = async (event) => {
  await hydrated;
  return authorize(event);
};
