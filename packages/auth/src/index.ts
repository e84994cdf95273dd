export * from './authorizer';
export * from './authorizer-context';
export { bearerToken } from './bearer-token';
export * from './claim-names';
export { type CognitoOptions, cognitoProvider } from './cognito-provider';
export { CREDENTIAL_VENDINGS, jsonSetting, parseEnvironment } from './environment';
export * from './errors';
export { type IdentityEnvironment, type IdentityProvider, identityProvider } from './identity-provider';
export { KEY_REFRESH_SECONDS } from './key-refresh';
export { type OidcOptions, oidcProvider } from './oidc-provider';
export { type OidcSettings, oidcSettings } from './oidc-settings';
export { denyAll, rolePolicy, stageArn } from './permissions';
export * from './principal';
export { type ContendedOptions, retryContended } from './retry-contended';
export * from './service-handler/application-handler';
export type { AuditPort, Concern } from './service-handler/audit-trail';
export * from './service-handler/control-handler';
export { MAX_BODY_BYTES } from './service-handler/json-body';
export {
  type FunctionContext,
  type ObservedFunction,
  type ObservedOptions,
  observed,
} from './service-handler/observed';
export { type RequestUsage, USAGE_FIELD } from './service-handler/request-usage';
export { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from './service-handler/response';
export type {
  HandlerOptions,
  Operation,
  Operations,
  PublicContext,
  ServiceHandler,
} from './service-handler/service-handler';
export { createTelemetry, METRICS_NAMESPACE, type Telemetry } from './service-handler/telemetry';
export {
  type TenantVending,
  type VendedCaller,
  vendedByAuthorizer,
  vendedByService,
} from './service-handler/tenant-vending';
export { sessionPolicy, TENANT_SESSION_TAGS, tenantItemActions, tenantObjectActions } from './session-policy';
export { claimedTags, SESSION_TAGS_CLAIM, type SessionTags, sessionTagsClaim } from './session-tags';
export { signingKeysUrl } from './signing-keys';
export * from './tenant-credentials';
export {
  DIRECTORY_TTL_SECONDS,
  type ReadTenantRow,
  type TenantDirectory,
  tenantDirectory,
  tenantRows,
} from './tenant-directory';
export * from './tenant-documents';
export * from './tenant-key';
export { shardHomes, shardOf } from './tenant-shard';
export * from './users/dynamo-user-rows';
export * from './users/ended-sessions';
export * from './users/managed-users';
export * from './users/memory-users';
export * from './users/realms';
export * from './users/user-accounts';
export * from './users/user-answers';
export * from './users/user-row';
export { type WebIdentityCredentials, type WebIdentityOptions, webIdentityCredentials } from './web-identity';
