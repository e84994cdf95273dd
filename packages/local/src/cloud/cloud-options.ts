import type { EventListener } from '../pipeline/run-event';
import type { CloudEngine, EngineEnd, EngineRequest } from './cloud-engine';

export type StartEngine = (request: EngineRequest) => Promise<CloudEngine>;

export interface LocalCloudOptions {
  /** The project's folder: a git repository with `tenants.json` at its root. */
  readonly projectFolder: string;
  /** @default the pinned engine, or the endpoint that GRANARY_ENDPOINT_URL names */
  readonly startEngine?: StartEngine;
  /** @default '.granary' in the project's folder */
  readonly stateFolder?: string;
  /** Deletes all earlier state first: accounts, stacks, runs, remote. @default false */
  readonly fresh?: boolean;
  /** The engine's port on 127.0.0.1; 0 takes a free one. @default 4566 */
  readonly port?: number;
  /** The CDK application's folder in the project. @default 'pipelines' */
  readonly cdkFolder?: string;
  /** `automatic` approves every manual approval at once. @default 'ask' */
  readonly approvals?: 'ask' | 'automatic';
  /** CodeBuild actions that run at once. @default the machine's cores, at least 2 */
  readonly parallelBuilds?: number;
  /** Gives the project's repository the git remote `local`. @default true */
  readonly addRemote?: boolean;
  /** @default none */
  readonly onEvent?: EventListener;
  /** What the start is doing, one line each. @default none */
  readonly onStep?: (line: string) => void;
}

/** How the local cloud ended. */
export type CloudEnd =
  | { readonly type: 'stopped'; readonly reason: string }
  | ({ readonly type: 'engine-died' } & EngineEnd);
