export * from './authorizer';
export * from './authorizer-context';
export { jsonSetting, parseEnvironment } from './environment';
export * from './errors';
export { denyAll, rolePolicy, stageArn } from './permissions';
export * from './principal';
export * from './service-handler/application-handler';
export * from './service-handler/control-handler';
export { MAX_BODY_BYTES } from './service-handler/json-body';
export { CORS_ALLOWED_HEADERS, CORS_EXPOSED_HEADERS } from './service-handler/response';
export type {
  HandlerOptions,
  Operation,
  Operations,
  PublicContext,
  ServiceHandler,
} from './service-handler/service-handler';
export { createTelemetry, METRICS_NAMESPACE, type Telemetry } from './service-handler/telemetry';
export { sessionPolicy, TENANT_SESSION_TAGS, tenantItemActions } from './session-policy';
export { signingKeysUrl } from './signing-keys';
export * from './tenant-credentials';
export { DIRECTORY_TTL_SECONDS } from './tenant-directory';
export * from './tenant-documents';
export * from './tenant-key';
export { bearerToken, type TokenVerifier, type TokenVerifierOptions, tokenVerifier } from './token-verifier';
