import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { begunRun } from '../deployer/begun-order';
import { HALT_GATES } from '../gate/halt-gate';
import { openReleaseEngine, releaseEnvironmentSchema } from '../release-environment';
import { versionsOf } from '../version/versions';
import { haltWave } from './halt-wave';
import { openWave } from './open-wave';
import { settleWave } from './settle-wave';

const telemetry = createTelemetry('release-wave');
const { logger } = telemetry;
const engine = openReleaseEngine(parseEnvironment(releaseEnvironmentSchema));

const name = { runId: z.string().min(1), release: z.string().min(1), wave: z.string().min(1) };
const cause = z.object({
  gate: z.enum(HALT_GATES),
  reason: z.string(),
  deploymentId: z.string().exactOptional(),
  alarm: z.string().exactOptional(),
  failed: z.array(z.string()).exactOptional(),
});

const requestSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('open'), ...name }),
  z.object({ action: z.literal('halt'), ...name, cause }),
  z.object({ action: z.literal('settle'), ...name }),
]);

const dependencies = {
  ...engine,
  versionsOf: (deploymentId: string) => versionsOf(engine.table, deploymentId),
  begunRun: (deploymentId: string) => begunRun(engine.table, deploymentId),
  storeOrders: (key: string, orders: readonly object[]) => engine.objects.put(key, JSON.stringify(orders)),
  now: () => new Date(),
};

/** What the wave machine does besides watching: opens a wave, halts it, says how its rollback ended. */
export const handler = observed(telemetry, async (event: unknown): Promise<object> => {
  const { action, ...request } = requestSchema.parse(event);
  const { runId, release, wave } = request;
  const done = await act(event);
  logger.info(action, { runId, release, wave, ...done });
  return done;
});

async function act(event: unknown): Promise<object> {
  const request = requestSchema.parse(event);
  const { runId, release, wave } = request;
  const waveName = { runId, release, wave };
  switch (request.action) {
    case 'open':
      return openWave(waveName, dependencies);
    case 'halt':
      return haltWave(waveName, request.cause, dependencies);
    case 'settle':
      return settleWave(waveName, dependencies);
  }
}
