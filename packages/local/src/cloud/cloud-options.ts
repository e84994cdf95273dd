import type { CloudAccess } from '../pipeline/cloud-access';
import type { EventListener } from '../pipeline/run-event';
import type { StateFolder } from './state-folder';

/** The part of the engine that the local cloud needs beyond what the runner does. */
export interface CloudEngine extends CloudAccess {
  readonly port: number;
  /** Writes the engine's whole state, so that a killed process loses nothing older. */
  checkpoint(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when the process has ended, however it did, with the end of its log. */
  readonly exited: Promise<EngineExit>;
}

export interface EngineExit {
  /** One line: exit code or signal. */
  readonly reason: string;
  readonly logTail: readonly string[];
}

export type StartEngine = (folder: StateFolder, port: number) => Promise<CloudEngine>;

export interface LocalCloudOptions {
  /** The project's folder: a git repository with `tenants.json` at its root. */
  readonly projectFolder: string;
  readonly startEngine: StartEngine;
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
  | { readonly type: 'engine-died'; readonly reason: string; readonly logTail: readonly string[] };
