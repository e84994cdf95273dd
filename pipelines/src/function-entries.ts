/** Every function of both planes: its entry file, relative to the workspace's root. */
export const FUNCTION_ENTRIES = {
  'application-authorizer': 'packages/auth/src/handlers/application-authorizer.ts',
  'session-tags': 'packages/auth/src/handlers/session-tags.ts',
  'control-authorizer': 'packages/auth/src/handlers/control-authorizer.ts',
  product: 'packages/app-services/src/product/handler.ts',
  order: 'packages/app-services/src/order/handler.ts',
  usage: 'packages/app-services/src/usage/handler.ts',
  user: 'packages/app-services/src/user/handler.ts',
  'meter-reader': 'packages/app-services/src/meter-reader/handler.ts',
  registration: 'packages/control-plane/src/registration/handler.ts',
  tenant: 'packages/control-plane/src/tenant/handler.ts',
  deployment: 'packages/control-plane/src/deployment/handler.ts',
  onboarding: 'packages/control-plane/src/workflow/handler.ts',
  'tenant-user': 'packages/control-plane/src/tenant-user/handler.ts',
  'support-sweep': 'packages/control-plane/src/support-access/sweep-handler.ts',
  operator: 'packages/control-plane/src/operator/handler.ts',
  operation: 'packages/control-plane/src/operation/handler.ts',
  release: 'packages/control-plane/src/release/handler.ts',
  lifecycle: 'packages/control-plane/src/lifecycle/handler.ts',
  quota: 'packages/control-plane/src/quota/handler.ts',
  metering: 'packages/control-plane/src/usage/handler.ts',
  billing: 'packages/control-plane/src/billing/handler.ts',
  'billing-run': 'packages/control-plane/src/billing/run-handler.ts',
  audit: 'packages/control-plane/src/audit/handler.ts',
  'audit-anchor': 'packages/control-plane/src/audit/anchor-handler.ts',
  events: 'packages/control-plane/src/events/handler.ts',
  'outbox-relay': 'packages/control-plane/src/events/relay-handler.ts',
  'event-receiver': 'packages/control-plane/src/events/receiver-handler.ts',
  'tenant-data': 'packages/control-plane/src/tenant-data/handler.ts',
  'tenant-routing': 'packages/control-plane/src/routing/handler.ts',
  'site-publisher': 'packages/hosting/src/publish/handler.ts',
  'release-recorder': 'packages/release/src/version/handler.ts',
  'release-deployer': 'packages/release/src/deployer/handler.ts',
  'release-orders': 'packages/release/src/deployer/orders-handler.ts',
  'release-entry': 'packages/release/src/entry/handler.ts',
  'release-observer': 'packages/release/src/observer/handler.ts',
  'release-wave': 'packages/release/src/wave/handler.ts',
  'release-halt': 'packages/release/src/halt/handler.ts',
  'release-control': 'packages/release/src/control/handler.ts',
  'release-inspector': 'packages/release/src/inspector/handler.ts',
  canary: 'packages/release/src/canary/handler.ts',
} as const;

export type FunctionEntry = keyof typeof FUNCTION_ENTRIES;

/** Modules that several functions need: what a shared runtime holds. A module finds only those of this list there. */
export const SHARED_MODULES = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-lambda-powertools/tracer',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-sts',
  '@aws-sdk/lib-dynamodb',
  'zod',
] as const;

/** Steps that run in the pipeline's builds, relative to this package. */
export const STEP_ENTRIES = {
  'register-deployment': 'src/steps/register-deployment.ts',
  'smoke-test': 'src/steps/smoke-test.ts',
} as const;
