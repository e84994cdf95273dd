import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  PutApprovalResultCommand,
  RetryStageExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import { ulid } from 'ulidx';
import * as z from 'zod';
import { lambdaInvoke } from '../registration/lambda-invoke';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import { ReleaseInputError, ReleaseStateError } from '../release-error';
import { releaseCommandSchema } from './command';
import { releaseControl } from './release-control';

const arn = z.string().startsWith('arn:');
const environment = parseEnvironment(
  releaseEnvironmentSchema.extend({
    PIPELINE_NAME: z.string().min(1),
    INSPECTOR_FUNCTION_ARN: arn,
    ROLLBACK_MACHINE_ARN: arn,
    DEPLOY_MACHINE_ARN: arn,
  }),
);
const telemetry = createTelemetry('release-control');
const { logger } = telemetry;
const engine = openReleaseEngine(environment);
const pipelines = new CodePipelineClient({});
const machines = new SFNClient({});
const inspector = lambdaInvoke(new LambdaClient({ maxAttempts: 1 }), environment.INSPECTOR_FUNCTION_ARN);
const pipelineName = environment.PIPELINE_NAME;

async function start(stateMachineArn: string, name: string, input: object): Promise<void> {
  await machines.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
}

const notes = new Map<string, string>();

async function askNotes(pipelineExecutionId: string): Promise<string | undefined> {
  try {
    const { pipelineExecution } = await pipelines.send(
      new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
    );
    return pipelineExecution?.artifactRevisions?.[0]?.revisionSummary;
  } catch (error) {
    // The pipeline forgets executions after a year; the run's record stays.
    if ((error as Error).name === 'PipelineExecutionNotFoundException') return undefined;
    throw error;
  }
}

const dependencies = {
  ...engine,
  now: () => new Date(),
  newId: () => ulid(),
  storeObject: (key: string, body: string) => engine.objects.put(key, body),
  startRollback: (input: { readonly runId: string }, attempt: number) =>
    start(environment.ROLLBACK_MACHINE_ARN, `${input.runId}-${attempt}`, input),
  startOrder: (order: { readonly runId: string }) =>
    start(environment.DEPLOY_MACHINE_ARN, order.runId, order),
  async askInspector(request: object): Promise<unknown> {
    const answer = await inspector(request);
    if (answer.ok) return answer.payload;
    throw new ReleaseStateError(`the stacks cannot be looked at: ${answer.errorType}: ${answer.message}`);
  },
  async retryStage(pipelineExecutionId: string, stageName: string, mode: 'all' | 'failed') {
    await pipelines.send(
      new RetryStageExecutionCommand({
        pipelineName,
        pipelineExecutionId,
        stageName,
        retryMode: mode === 'failed' ? 'FAILED_ACTIONS' : 'ALL_ACTIONS',
      }),
    );
  },
  async notesOf(pipelineExecutionId: string) {
    // What a commit says does not change: a list asks again and again.
    const known = notes.get(pipelineExecutionId);
    if (known !== undefined) return known;
    const found = await askNotes(pipelineExecutionId);
    if (found !== undefined) notes.set(pipelineExecutionId, found);
    return found;
  },
  async approvals() {
    const { stageStates = [] } = await pipelines.send(new GetPipelineStateCommand({ name: pipelineName }));
    return stageStates.flatMap(({ stageName: stage = '', actionStates = [], latestExecution: execution }) =>
      actionStates.flatMap(({ actionName: action = '', latestExecution }) =>
        latestExecution?.status === 'InProgress' && latestExecution.token
          ? [
              {
                stage,
                action,
                ...(execution?.pipelineExecutionId ? { runId: execution.pipelineExecutionId } : {}),
                token: latestExecution.token,
              },
            ]
          : [],
      ),
    );
  },
  async answerApproval(
    { stage, action, token }: { readonly stage: string; readonly action: string; readonly token: string },
    approved: boolean,
    summary: string,
  ) {
    await pipelines.send(
      new PutApprovalResultCommand({
        pipelineName,
        stageName: stage,
        actionName: action,
        token,
        result: { status: approved ? 'Approved' : 'Rejected', summary },
      }),
    );
  },
};

/**
 * The release engine's questions and orders: a ReleaseCommand in, its answer out. Errors are thrown by their names:
 * ReleaseInputError, UnknownReleaseError, ReleaseStateError, WriteRefusedError.
 */
export const handler = observed(telemetry, async (event: unknown): Promise<object> => {
  const parsed = releaseCommandSchema.safeParse(event);
  if (!parsed.success)
    throw new ReleaseInputError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'command'}: ${message}`).join('; '),
    );
  logger.info('command', { command: parsed.data.command });
  return releaseControl(parsed.data, dependencies);
});
