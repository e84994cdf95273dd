import { CONTROL_ROUTES } from '@granary/api';
import { type Authorizer, controlAuthorizer } from '../authorizer';
import { controlAuthorizerEnvironment, parseEnvironment } from '../environment';
import { identityProvider } from '../identity-provider';
import { serviceLogger } from '../service-logger';

const environment = parseEnvironment(controlAuthorizerEnvironment);
const logger = serviceLogger('control-authorizer');

const provider = identityProvider(environment);

// While Lambda still starts the environment. A failure is not final: the first token fetches the keys.
const hydrated = provider.hydrate().catch((error: unknown) => {
  logger.warn('signing keys not fetched at start', { error: error as Error });
});

const authorize = controlAuthorizer({ provider, routes: CONTROL_ROUTES, logger });

/** Lambda TOKEN authorizer of the control plane. */
export const handler: Authorizer = async (event) => {
  await hydrated;
  return authorize(event);
};
