import type { ConditionKind, ConditionResult, RetryMode } from './condition';

/** How an action, a stage or a run ended. */
export type Outcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed'; readonly reason: string; readonly details: readonly string[] }
  /** Stopped from outside; the next start or push carries on. */
  | { readonly status: 'interrupted'; readonly reason: string }
  /** A newer commit, or the pipeline's own new structure, took its place. */
  | { readonly status: 'superseded'; readonly reason: string };

/** How a stage ended: as its actions did, or without them because its entry condition says so. */
export type StageOutcome = Outcome | { readonly status: 'skipped'; readonly reason: string };

interface OfRun {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

interface OfStage extends OfRun {
  readonly stage: string;
}

interface OfAction extends OfStage {
  readonly action: string;
}

/** What happens in releases, in order, for terminals and pages. */
export type RunEvent =
  | (OfRun & { readonly type: 'run-queued'; readonly commit: string })
  /** A stage that failed is run again, and those behind it. */
  | (OfStage & { readonly type: 'stage-retried'; readonly commit: string; readonly mode: RetryMode })
  /** A stage is brought back to what run `to` made of it, by run `next`. */
  | (OfStage & { readonly type: 'stage-rolled-back'; readonly to: string; readonly next: string })
  | (OfRun & {
      readonly type: 'run-started';
      readonly commit: string;
      /** First line of the commit's message. */
      readonly subject: string;
      readonly pipeline: string;
      /** Names of stages and their actions, in the pipeline's order. */
      readonly stages: readonly { readonly name: string; readonly actions: readonly string[] }[];
    })
  | (OfStage & { readonly type: 'stage-started' })
  | (OfStage & { readonly type: 'stage-ended'; readonly outcome: StageOutcome })
  | (OfStage & {
      readonly type: 'condition-started';
      readonly condition: ConditionKind;
      /** Names of the rules that must all hold. */
      readonly rules: readonly string[];
    })
  | (OfStage & {
      readonly type: 'condition-ended';
      readonly condition: ConditionKind;
      /** `failed` when a rule did not hold: then `result` is what follows. */
      readonly outcome: Outcome;
      readonly result: ConditionResult;
      readonly milliseconds: number;
    })
  | (OfAction & { readonly type: 'action-started'; readonly provider: string })
  | (OfAction & { readonly type: 'action-output'; readonly line: string })
  | (OfAction & {
      readonly type: 'action-ended';
      readonly outcome: Outcome;
      /** What the action says of its result, such as `no changes` or the stack's new state. */
      readonly summary?: string;
      readonly milliseconds: number;
    })
  | (OfAction & { readonly type: 'approval-needed'; readonly message?: string })
  /** Self-mutation changed the pipeline: the same commit starts again as run `next`. */
  | (OfRun & { readonly type: 'pipeline-mutated'; readonly next: string })
  | (OfRun & {
      readonly type: 'run-ended';
      readonly commit: string;
      readonly outcome: Outcome;
      readonly milliseconds: number;
    });

/** An event without what its emitter fills in. */
export type EventBody<E = RunEvent> = E extends RunEvent ? Omit<E, 'at'> : never;

export type EventListener = (event: RunEvent) => void;
