import type { PendingApproval } from './approvals';
import type { ConditionKind } from './condition';
import type { ActionRecord, ConditionRecord, RunRecord, StageRecord } from './run-record';

/** CodePipeline's words for how something stands. */
const STATUS = {
  running: 'InProgress',
  succeeded: 'Succeeded',
  failed: 'Failed',
  interrupted: 'Stopped',
  superseded: 'Superseded',
  skipped: 'Skipped',
  pending: 'InProgress',
} as const;

/** What PutApprovalResult has to give back: names the approval that waits. */
export function approvalToken({ runId, stage, action }: PendingApproval): string {
  return Buffer.from(`${runId} ${stage} ${action}`).toString('base64url');
}

/** A run as ListPipelineExecutions lists it. */
export function executionSummary(run: RunRecord): object {
  return {
    pipelineExecutionId: run.id,
    status: STATUS[run.state.status],
    ...statusSummary(run.state),
    startTime: seconds(run.startedAt ?? run.queuedAt),
    lastUpdateTime: seconds(run.endedAt ?? run.startedAt ?? run.queuedAt),
    sourceRevisions: [{ actionName: 'Source', revisionId: run.commit, revisionSummary: run.subject }],
    executionMode: 'SUPERSEDED',
    executionType: run.rollback ? 'ROLLBACK' : 'STANDARD',
    ...(run.rollback ? { rollbackMetadata: { rollbackTargetPipelineExecutionId: run.rollback.to } } : {}),
  };
}

/**
 * GetPipelineState's stages: each as the newest run that entered it left it.
 *
 * @param runs newest first
 */
export function stageStates(runs: readonly RunRecord[], approvals: readonly PendingApproval[]): object[] {
  const shape = runs.find((run) => run.stages.length > 0 && !run.rollback);
  return (shape?.stages ?? []).map(({ name }) => {
    const run = runs.find((one) => entered(one, name));
    const stage = run?.stages.find((one) => one.name === name);
    return run && stage
      ? stageState(run, stage, approvals)
      : { stageName: name, inboundTransitionState: { enabled: true }, actionStates: [] };
  });
}

function entered(run: RunRecord, stage: string): boolean {
  return run.stages.some(({ name, state }) => name === stage && state.status !== 'pending');
}

function stageState(run: RunRecord, stage: StageRecord, approvals: readonly PendingApproval[]): object {
  const condition = (kind: ConditionKind) =>
    conditionState(stage.conditions?.filter((one) => one.kind === kind));
  return {
    stageName: stage.name,
    inboundTransitionState: { enabled: true },
    latestExecution: {
      pipelineExecutionId: run.id,
      status: STATUS[stage.state.status],
      type: run.rollback ? 'ROLLBACK' : 'STANDARD',
    },
    actionStates: stage.actions.map((action) => ({
      actionName: action.name,
      ...(action.state.status === 'pending' ? {} : { latestExecution: execution(action) }),
      ...tokenOf(run, stage, action, approvals),
    })),
    ...named('beforeEntryConditionState', condition('BeforeEntry')),
    ...named('onSuccessConditionState', condition('OnSuccess')),
    ...named('onFailureConditionState', condition('OnFailure')),
  };
}

function tokenOf(
  run: RunRecord,
  stage: StageRecord,
  action: ActionRecord,
  approvals: readonly PendingApproval[],
): object {
  const waits = approvals.find(
    (one) => one.runId === run.id && one.stage === stage.name && one.action === action.name,
  );
  return waits ? { latestExecution: { ...execution(action), token: approvalToken(waits) } } : {};
}

function conditionState(conditions: readonly ConditionRecord[] = []): object | undefined {
  const last = conditions.at(-1);
  if (!last) return undefined;
  return {
    latestExecution: { status: STATUS[last.state.status], ...statusSummary(last.state) },
    conditionStates: conditions.map((condition) => ({
      latestExecution: { status: STATUS[condition.state.status], ...statusSummary(condition.state) },
      ruleStates: condition.rules.map((rule) => ({ ruleName: rule.name, latestExecution: execution(rule) })),
    })),
  };
}

function execution(action: ActionRecord): object {
  const { state, summary } = action;
  return {
    status: STATUS[state.status],
    lastStatusChange: seconds(action.endedAt ?? action.startedAt),
    ...(summary === undefined ? {} : { summary }),
    ...(state.status === 'failed' ? { errorDetails: { code: 'JobFailed', message: state.reason } } : {}),
  };
}

function statusSummary(state: { readonly status: string; readonly reason?: string }): object {
  return state.reason === undefined ? {} : { summary: state.reason, statusSummary: state.reason };
}

function named(name: string, value: object | undefined): object {
  return value ? { [name]: value } : {};
}

function seconds(at: string | undefined): number | undefined {
  return at === undefined ? undefined : Date.parse(at) / 1000;
}
