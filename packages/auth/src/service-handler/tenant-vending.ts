import { STSClient } from '@aws-sdk/client-sts';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type TenantCredentials, tenantCaller, tenantPerson } from '../authorizer-context';
import { bearerToken } from '../bearer-token';
import { parseEnvironment, serviceEnvironment } from '../environment';
import type { TenantPrincipal } from '../principal';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { stsWebIdentity } from '../sts-web-identity';
import { type WebIdentityCredentials, webIdentityCredentials } from '../web-identity';
import { requestHeader } from './request-header';

/** A tenant's person, and how this request comes by credentials for the tenant's rows. */
export interface VendedCaller {
  readonly principal: TenantPrincipal;
  /** Asked for once the request holds. @throws InvalidTokenError, TenantCredentialsError */
  credentials(): Promise<TenantCredentials>;
}

/** Reads the caller of a request. @throws AuthorizerContextError */
export type TenantVending = (event: APIGatewayProxyEvent) => VendedCaller;

/** The authorizer has put the credentials into its context. */
export const vendedByAuthorizer: TenantVending = (event) => {
  const { principal, credentials } = tenantCaller(event.requestContext?.authorizer);
  return { principal, credentials: async () => credentials };
};

/** The service asks STS with the request's own token. */
export function vendedByService(source: WebIdentityCredentials): TenantVending {
  return (event) => {
    const principal = tenantPerson(event.requestContext?.authorizer);
    return {
      principal,
      credentials: async () =>
        source.credentialsFor(principal, bearerToken(requestHeader(event, 'authorization'))),
    };
  };
}

/**
 * The way of vending that a function's environment names.
 * @throws EnvironmentError
 */
export function tenantVending(source?: Readonly<Record<string, string | undefined>>): TenantVending {
  const { CREDENTIAL_VENDING: way, TENANT_ROLE_ARN: roleArn } = parseEnvironment(serviceEnvironment, source);
  if (way === 'authorizer' || roleArn === undefined) return vendedByAuthorizer;
  const assume = stsWebIdentity(new STSClient({ requestHandler: REQUEST_TIMEOUTS }));
  return vendedByService(webIdentityCredentials({ roleArn, assume }));
}
