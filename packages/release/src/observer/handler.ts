import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import type { RedAlarms } from '../entry/enter-wave';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import type { Version } from '../version/version';
import { currentVersionsOf, versionsOf } from '../version/versions';
import { AwsCells } from './aws-cells';
import { type Look, look } from './look';
import { readRedAlarms } from './red-alarms';
import { secondsPerMinute } from './seconds-per-minute';

const environment = parseEnvironment(
  releaseEnvironmentSchema.extend({ APPLICATION: z.string().min(2).max(20) }),
);
const telemetry = createTelemetry('release-observer');
const { logger } = telemetry;
const engine = openReleaseEngine(environment);
const parameters = new SSMClient({});
const cells = new AwsCells({
  sts: new STSClient({}),
  sessionName: `${environment.APPLICATION}-release-observer`,
});

const requestSchema = z.object({
  /** `look`: once at a wave that bakes. `alarms`: at what is red before a release arrives. */
  action: z.enum(['look', 'alarms']),
  runId: z.string().min(1),
  release: z.string().min(1),
  wave: z.string().min(1),
});

function versions(deploymentIds: readonly string[]): Promise<readonly Version[]> {
  return currentVersionsOf(engine.table, deploymentIds);
}

/** The one function that reaches into the cells' accounts, by their watch roles. */
export const handler = observed(telemetry, async (event: unknown): Promise<Look | RedAlarms> => {
  const { action, ...name } = requestSchema.parse(event);
  if (action === 'alarms') return readRedAlarms(name, { readPlan: engine.readPlan, versions, cells });
  const seen = await look(name, {
    ...engine,
    versions,
    cells,
    reasonOf: async (deploymentId) => (await versionsOf(engine.table, deploymentId))[0]?.reason,
    secondsPerMinute: () => secondsPerMinute(parameters, environment.APPLICATION),
    now: () => new Date(),
  });
  logger.info('look', { ...name, verdict: seen.verdict });
  return seen;
});
