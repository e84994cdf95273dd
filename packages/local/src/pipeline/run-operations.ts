import * as z from 'zod';
import type { PendingApproval } from './approvals';
import type { RetryMode } from './condition';
import { messageOf } from './errors';
import { PipelineCallError, type PipelineOperation } from './pipeline-calls';
import { approvalToken, executionSummary, stageStates } from './pipeline-state';
import type { ApprovalDecision } from './providers/approval';
import type { RunRecord } from './run-record';
import type { PipelineAddress } from './structure';

/** What CodePipeline's API can ask of the one pipeline that is executed here. */
export interface RunControl {
  /** The deployed pipeline, undefined before its first deployment. */
  pipeline(): Promise<PipelineAddress | undefined>;
  /** Newest first. */
  runs(): Promise<readonly RunRecord[]>;
  approvals(): readonly PendingApproval[];
  /** Releases the branch's newest commit. */
  release(): Promise<RunRecord>;
  retry(runId: string, stage: string, mode: RetryMode): Promise<RunRecord>;
  stopRun(runId: string, reason: string): Promise<void>;
  decide(action: string | undefined, decision: ApprovalDecision): PendingApproval;
}

const retry = z.object({
  stageName: z.string(),
  pipelineExecutionId: z.string(),
  retryMode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']),
});
const stop = z.object({ pipelineExecutionId: z.string(), reason: z.string().max(200).optional() });
const one = z.object({ pipelineExecutionId: z.string() });
const list = z.object({ maxResults: z.number().int().min(1).max(100).default(100) });
const approval = z.object({
  stageName: z.string(),
  actionName: z.string(),
  token: z.string(),
  result: z.object({ summary: z.string(), status: z.enum(['Approved', 'Rejected']) }),
});

/** The operations that read and steer runs. */
export function runOperations(control: RunControl): Readonly<Record<string, PipelineOperation>> {
  /** Only for calls that name the pipeline in its own account and region. */
  const ofPipeline =
    (operation: (input: object) => Promise<object>): PipelineOperation =>
    async ({ input, account, region }) => {
      const name = input.pipelineName ?? input.name;
      const own = await control.pipeline();
      if (!own || own.name !== name || own.account !== account || own.region !== region)
        throw new PipelineCallError(
          'PipelineNotFoundException',
          `no pipeline is named ${JSON.stringify(name)}`,
        );
      return operation(input);
    };
  const find = async (id: string): Promise<RunRecord> => {
    const run = (await control.runs()).find((each) => each.id === id);
    if (run) return run;
    throw new PipelineCallError('PipelineExecutionNotFoundException', `there is no execution ${id}`);
  };
  return {
    GetPipelineState: ofPipeline(async () => ({
      pipelineName: (await control.pipeline())?.name,
      stageStates: stageStates(await control.runs(), control.approvals()),
    })),
    ListPipelineExecutions: ofPipeline(async (input) => ({
      pipelineExecutionSummaries: (await control.runs())
        .slice(0, list.parse(input).maxResults)
        .map(executionSummary),
    })),
    GetPipelineExecution: ofPipeline(async (input) => {
      const run = await find(one.parse(input).pipelineExecutionId);
      const revision = { name: 'Source', revisionId: run.commit, revisionSummary: run.subject };
      return {
        pipelineExecution: {
          ...executionSummary(run),
          pipelineName: run.pipeline,
          artifactRevisions: [revision],
        },
      };
    }),
    StartPipelineExecution: ofPipeline(async () => ({ pipelineExecutionId: (await control.release()).id })),
    StopPipelineExecution: ofPipeline(async (input) => {
      const { pipelineExecutionId, reason = 'the pipeline execution was stopped' } = stop.parse(input);
      await refusedAs('PipelineExecutionNotStoppableException', () =>
        control.stopRun(pipelineExecutionId, reason),
      );
      return { pipelineExecutionId };
    }),
    RetryStageExecution: ofPipeline(async (input) => {
      const { pipelineExecutionId, stageName, retryMode } = retry.parse(input);
      await refusedAs('StageNotRetryableException', () =>
        control.retry(pipelineExecutionId, stageName, retryMode),
      );
      return { pipelineExecutionId };
    }),
    PutApprovalResult: ofPipeline(async (input) => {
      const { stageName, actionName, token, result } = approval.parse(input);
      const waits = control.approvals().find((each) => approvalToken(each) === token);
      if (waits?.stage !== stageName || waits.action !== actionName)
        throw new PipelineCallError(
          'InvalidApprovalTokenException',
          'the token is of no approval that waits',
        );
      const decision = result.status === 'Approved' ? 'approve' : 'reject';
      control.decide(`${stageName}.${actionName}`, { decision, comment: result.summary });
      return { approvedAt: Date.now() / 1000 };
    }),
  };
}

async function refusedAs<T>(code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new PipelineCallError(code, messageOf(error));
  }
}
