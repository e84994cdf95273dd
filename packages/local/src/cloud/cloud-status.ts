import type { PendingApproval } from '../pipeline/approvals';
import type { RunRecord } from '../pipeline/run-record';
import type { CloudEnvironment } from './environments';

export type CloudState = 'starting' | 'ready' | 'stopping';

/** What the local cloud is doing, for `granary status`. */
export interface CloudStatus {
  readonly state: CloudState;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The engine's URL. */
  readonly endpoint: string;
  readonly application: string;
  /** The branch that releases. */
  readonly branch: string;
  /** Path of the bare remote. */
  readonly remote: string;
  readonly environments: readonly CloudEnvironment[];
  readonly running?: RunRecord | undefined;
  readonly queued?: RunRecord | undefined;
  /** The run that ended last. */
  readonly last?: RunRecord | undefined;
  readonly approvals: readonly PendingApproval[];
}
