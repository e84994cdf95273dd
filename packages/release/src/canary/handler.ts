import { randomBytes } from 'node:crypto';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import type { CanaryReport } from '../gate/observation';
import { canary, MAXIMUM_FLOWS } from './canary';
import { canaryEnvironmentSchema } from './canary-environment';
import { canaryUser } from './canary-user';

const environment = parseEnvironment(canaryEnvironmentSchema);
const telemetry = createTelemetry('canary');
const { logger } = telemetry;

const run = canary({
  baseUrl: environment.API_URL.replace(/\/*$/, '/'),
  ...(environment.CANARY === 'user' ? { signIn: canaryUser(environment) } : {}),
  fetch,
  clock: () => performance.now(),
  now: () => new Date(),
  newMarker: () => randomBytes(6).toString('hex'),
});

const requestSchema = z.object({ flows: z.int().min(0).max(MAXIMUM_FLOWS) });

/** The canary of a deployment: `{ flows }` in, a CanaryReport out. */
export const handler = observed(telemetry, async (event: unknown): Promise<CanaryReport> => {
  const report = await run(requestSchema.parse(event).flows);
  logger.info('canary', { requests: report.requests, failed: report.failed, failures: report.failures });
  return report;
});
