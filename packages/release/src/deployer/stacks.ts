import type { ResourceChange } from './stateful-resources';

/** A stack, as far as the deployer looks at it. */
export interface StackState {
  readonly stackId: string;
  readonly status: string;
  /** @default CloudFormation gives none */
  readonly reason?: string;
  /** The change set that was executed last. @default none, or not known */
  readonly changeSetId?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly changeSetName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly templateUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly token: string;
}

/** A change set once asked for: being made, empty, refused, ready to be executed, or executed. */
export type ChangeSetState =
  | { readonly status: 'pending' }
  | { readonly status: 'empty' }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'ready'; readonly changes: readonly ResourceChange[] }
  | { readonly status: 'spent' };

/**
 * CloudFormation in one account and region. What is asked for twice with the same names happens once. Errors are
 * the service's own; `failureOf` reads them.
 */
export interface Stacks {
  /** @returns undefined where there is none */
  describe(stackName: string): Promise<StackState | undefined>;
  /** Asks for a change set; one of the same name stays. */
  prepare(request: ChangeSetRequest): Promise<void>;
  /** @returns undefined where there is none */
  prepared(stackName: string, changeSetName: string): Promise<ChangeSetState | undefined>;
  execute(stackName: string, changeSetName: string, token: string): Promise<void>;
  /** Takes a change set away that will not be executed; none is well too. */
  discard(stackName: string, changeSetName: string): Promise<void>;
  remove(stackId: string, token: string): Promise<void>;
  /** From UPDATE_ROLLBACK_FAILED. */
  finishRollback(stackName: string, token: string): Promise<void>;
  /** From UPDATE_FAILED. */
  rollBack(stackName: string, token: string): Promise<void>;
  /** Why resources failed, the cause first; what was only cancelled is left out. At most 5. */
  failures(stackId: string, since: Date): Promise<readonly string[]>;
  /** The template as it was sent. */
  template(stackName: string): Promise<string>;
}
