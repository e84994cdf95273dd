export * from './api-error';
export * from './client';
export * from './pages';
export { RETRY, type Retry } from './retry';
export type { Answer, CallInput, CallOptions, CallResult, Client, RouteCall } from './route-call';
