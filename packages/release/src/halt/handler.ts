import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import { pipelineRule } from '../run/pipeline-job';
import { type FailedAction, failedActions } from './failed-actions';
import { startHalt } from './start-halt';

const environment = parseEnvironment(
  releaseEnvironmentSchema.extend({
    PIPELINE_NAME: z.string().min(1),
    WAVE_MACHINE_ARN: z.string().startsWith('arn:'),
  }),
);
const telemetry = createTelemetry('release-halt');
const { logger } = telemetry;
const { runs } = openReleaseEngine(environment);
const pipelines = new CodePipelineClient({});
const machines = new SFNClient({});

async function actionsOf(stage: string): Promise<readonly FailedAction[]> {
  try {
    return await failedActions(pipelines, environment.PIPELINE_NAME, stage);
  } catch (error) {
    // The rollback matters more than the words for it.
    logger.warn('the pipeline does not say which action failed', { error: error as Error });
    return [];
  }
}

/** The rule of every wave's stage, once an action of it has failed. */
export const handler = observed(
  telemetry,
  pipelineRule(pipelines, async ({ stage, ...name }) => {
    const outcome = await startHalt(name, stage, {
      runs,
      failedActions: actionsOf,
      start: async (executionName, input) => {
        try {
          await machines.send(
            new StartExecutionCommand({
              stateMachineArn: environment.WAVE_MACHINE_ARN,
              name: executionName,
              input: JSON.stringify(input),
            }),
          );
        } catch (error) {
          if (!(error instanceof ExecutionAlreadyExists)) throw error;
        }
      },
    });
    logger.info('halt', { ...name, stage, outcome });
    // It holds in any case: else CodePipeline would roll the stage back too, by a means of its own.
    return { holds: true };
  }),
);
