import type { AuditActor, OperationKind } from '@granary/api';
import type * as z from 'zod';
import type { ControlTable, Write } from '../control-table/control-table';
import type { DeploymentRecord } from '../deployment/deployment-record';
import type { OpenDeployment } from '../deployment-access/deployment-access';
import type { TenantRecord } from '../tenant/tenant-record';
import type { FailureReason } from './failure-reason';
import type { OperationRecord } from './operation-record';
import type { WorkflowPorts } from './workflow-ports';

/** What a step, or the operation's state, changes of the tenant's record. `removed` gives the id back. */
export type TenantChange = Partial<Omit<TenantRecord, 'tenantId' | 'revision' | 'operation'>> | 'removed';

/** What a step is given. All that it reads is as of its start; `tenant` is what the transaction before it wrote. */
export interface StepContext<Input = Readonly<Record<string, unknown>>> {
  readonly table: ControlTable;
  readonly operation: OperationRecord;
  readonly input: Input;
  readonly tenant: TenantRecord;
  /** Opens the way into a deployment. */
  readonly open: OpenDeployment;
  /**
   * A deployment by its id.
   * @default the tenant's
   * @throws PermanentStepError `deployment-changed` when it was never registered
   */
  readonly deployment: (deploymentId?: string) => Promise<DeploymentRecord>;
  /** First part of the names of API keys. */
  readonly application: string;
  /** ISO 8601. */
  readonly at: string;
  readonly ports: WorkflowPorts;
}

/** What came of a step; stored in one transaction with its success. */
export interface StepOutcome {
  /** @default nothing changes */
  readonly tenant?: TenantChange;
  /** Kept for the steps after this one. @default none */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Further writes of the same transaction. @default none */
  readonly writes?: readonly Write[];
  /** Not done yet: somebody outside has to say so, by the key of the step's `wait`. @default false */
  readonly waiting?: boolean;
  /** There was nothing to do. @default false */
  readonly skipped?: boolean;
  /**
   * Not done yet, and nobody outside has to say so: the step is taken again after so many seconds. `facts` say where
   * it goes on. Only of steps that say that they repeat. @default it is done
   */
  readonly again?: number;
}

/** Somebody outside ends this step: `resumeWait` by the key. */
export interface StepWait<Input> {
  /** Such as `deployment:<id>`. @returns undefined when this run of the step waits for nobody */
  readonly key: (context: StepContext<Input>) => string | undefined;
  /** When to give up, in seconds from the beginning of the wait; with `until`, how often to look at the clock. */
  readonly timeoutSeconds: number;
  /** When the wait ends by itself, as a success: ISO 8601. @default somebody has to end it */
  readonly until?: (context: StepContext<Input>) => string;
}

/** One step. It may be cut off anywhere and run again: what it finds done it leaves, what is missing it does. */
export interface WorkflowStep<Input> {
  readonly name: string;
  /**
   * Whether the transaction that begins the operation does it: then `do` is for nobody but a state machine that takes
   * every step, and `undo` has something to take back from the start. @default false
   */
  readonly doneByBeginning?: boolean;
  /** Changes of the tenant's record that are stored before `do` begins. @default none */
  readonly before?: (context: StepContext<Input>) => TenantChange;
  readonly do: (context: StepContext<Input>) => Promise<StepOutcome>;
  /** Takes back what `do` made, or the part of it that it came to. @default there is nothing to take back */
  readonly undo?: (context: StepContext<Input>) => Promise<StepOutcome>;
  /** Whether `undo` also runs as soon as the step is given up, so that a retry finds nothing half done. @default false */
  readonly undoWhenGivenUp?: boolean;
  /** @default it waits for nobody */
  readonly wait?: StepWait<Input>;
  /** Whether `do` or `undo` may ask to be taken again: work that is longer than one call. @default false */
  readonly repeats?: boolean;
}

/** What goes with a change of an operation's status, in its transaction. */
export interface StatusEffects {
  /** @default nothing changes */
  readonly tenant?: TenantChange;
  /** Events, mirrors. @default none */
  readonly writes?: readonly Write[];
}

/** A workflow is data plus functions; one state machine of each kind runs it. */
export interface Workflow<Input> {
  readonly kind: OperationKind;
  readonly input: z.ZodType<Input>;
  readonly steps: readonly [WorkflowStep<Input>, ...WorkflowStep<Input>[]];
  /** What becomes of an operation whose step gave up. @default it is held until somebody retries or cancels it */
  readonly onFailure?: (reason: FailureReason, step: string) => 'hold' | 'undo';
  /**
   * Whether it can be cancelled while it is on its way, too: the step at hand, or the wait, is its last, and all is
   * undone. @default once it has failed only
   */
  readonly cancellable?: boolean;
  /** The step behind which nothing can be taken back: from then on it can be retried only. @default it can to the end */
  readonly finalAfter?: string;
  /** @default nothing but the operation's own record and the platform's events */
  readonly onStatus?: (operation: OperationRecord, tenant: TenantRecord | undefined) => StatusEffects;
}

/** A workflow whose input only it knows: what the engine handles. */
// biome-ignore lint/suspicious/noExplicitAny: steps take their own input; the workflow's schema parses it before.
export type AnyWorkflow = Workflow<any>;

/** What the engine works with. */
export interface WorkflowDependencies {
  readonly table: ControlTable;
  readonly open: OpenDeployment;
  /** First part of the names of API keys. */
  readonly application: string;
  readonly now: () => Date;
  readonly ports: WorkflowPorts;
  /** The workflow of a kind. */
  readonly workflows: Workflows;
}

export type Workflows = Readonly<Partial<Record<OperationKind, AnyWorkflow>>>;

/** Who asked for an operation. */
export type Requester = AuditActor;
