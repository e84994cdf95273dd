export * from './authorizer-context';
export * from './errors';
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
export * from './tenant-documents';
export * from './tenant-key';
