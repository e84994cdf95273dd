import { CodePipelineClient, RetryStageExecutionCommand } from '@aws-sdk/client-codepipeline';
import { createTelemetry, parseEnvironment } from '@granary/auth';
import { ulid } from 'ulidx';
import * as z from 'zod';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import { ReleaseInputError } from '../release-error';
import { releaseCommandSchema } from './command';
import { releaseControl } from './release-control';

const environment = parseEnvironment(releaseEnvironmentSchema.extend({ PIPELINE_NAME: z.string().min(1) }));
const { logger } = createTelemetry('release-control');
const { table, runs } = openReleaseEngine(environment);
const pipelines = new CodePipelineClient({});

/**
 * The release engine's questions and orders: a ReleaseCommand in, its answer out. Errors are thrown by their names:
 * ReleaseInputError, UnknownReleaseError, ReleaseStateError, WriteRefusedError.
 */
export const handler = async (event: unknown): Promise<object> => {
  const parsed = releaseCommandSchema.safeParse(event);
  if (!parsed.success)
    throw new ReleaseInputError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'command'}: ${message}`).join('; '),
    );
  logger.info('command', { command: parsed.data.command });
  return releaseControl(parsed.data, {
    table,
    runs,
    now: () => new Date(),
    newId: () => ulid(),
    retryStage: async (pipelineExecutionId, stageName, mode) => {
      await pipelines.send(
        new RetryStageExecutionCommand({
          pipelineName: environment.PIPELINE_NAME,
          pipelineExecutionId,
          stageName,
          retryMode: mode === 'failed' ? 'FAILED_ACTIONS' : 'ALL_ACTIONS',
        }),
      );
    },
  });
};
