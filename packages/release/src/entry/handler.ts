import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import type { WaveName } from '../observer/look';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import { pipelineRule } from '../run/pipeline-job';
import { describeEntry, enterWave, type RedAlarms } from './enter-wave';
import { latestOverrides } from './overrides';

const environment = parseEnvironment(
  releaseEnvironmentSchema.extend({ OBSERVER_FUNCTION_ARN: z.string().startsWith('arn:') }),
);
const telemetry = createTelemetry('release-entry');
const { logger } = telemetry;
const engine = openReleaseEngine(environment);
const functions = new LambdaClient({});

const redAlarmsSchema = z.object({
  red: z.array(z.object({ deploymentId: z.string(), alarm: z.string() })),
  unwatched: z.string().exactOptional(),
});

async function redAlarms(name: WaveName): Promise<RedAlarms> {
  const { FunctionError, Payload } = await functions.send(
    new InvokeCommand({
      FunctionName: environment.OBSERVER_FUNCTION_ARN,
      Payload: Buffer.from(JSON.stringify({ action: 'alarms', ...name })),
    }),
  );
  const text = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError) return { red: [], unwatched: text.slice(0, 300) };
  return redAlarmsSchema.parse(JSON.parse(text));
}

/** The rule of every wave's stage, before it is entered. */
export const handler = observed(
  telemetry,
  pipelineRule(new CodePipelineClient({}), async ({ stage, ...name }) => {
    const entry = await enterWave(name, stage, {
      ...engine,
      overrides: () => latestOverrides(engine.table),
      redAlarms,
      now: () => new Date(),
    });
    const reason = describeEntry(entry);
    logger.info('entry', { ...name, entry: reason });
    return entry.kind === 'admitted' ? { holds: true } : { holds: false, reason };
  }),
);
