export { type Engine, type EngineOptions, startEngine } from './engine/engine';
export type { CloudEndpoint, EngineClientConfig, EngineCredentials } from './engine/engine-client';
export { type EngineInstallOptions, installEngine } from './engine/engine-install';
export type { EngineExit } from './engine/engine-process';
export { EngineError, EngineInstallError, EngineRequestError, EngineStartError } from './engine/errors';
export { ENDPOINT_SETTING, otherEndpoint, SECRET_SETTING } from './engine/other-endpoint';
