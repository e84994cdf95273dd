import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { ordersKey, planKey, releasePlanSchema } from '../plan/release-plan';
import { openReleaseTable } from '../release-table/dynamo-release-table';
import { Runs } from '../run/runs';
import { openVersionObjects } from '../version/template-store';
import { waveOrders } from './wave-orders';

const environment = parseEnvironment(
  z.object({ RELEASE_TABLE_NAME: z.string().min(3), VERSIONS_BUCKET_NAME: z.string().min(3) }),
);
const runs = new Runs(openReleaseTable(environment.RELEASE_TABLE_NAME));
const objects = openVersionObjects(environment.VERSIONS_BUCKET_NAME);
const runSchema = z.object({ runId: z.string(), release: z.string(), wave: z.string() });

/** What the Distributed Map of a wave reads. */
export interface WrittenOrders {
  readonly bucket: string;
  readonly key: string;
  readonly count: number;
  readonly maxConcurrency: number;
  readonly tolerated: number;
}

/** Writes the orders of a run's wave from the published plan: `{ runId, release, wave }` -> where they are. */
export const handler = observed(
  createTelemetry('release-orders'),
  async (input: unknown): Promise<WrittenOrders> => {
    const run = runSchema.parse(input);
    const plan = releasePlanSchema.parse(JSON.parse(await objects.get(planKey(run.release))));
    // A run that was resumed for some deployments orders these alone.
    const wave = (await runs.waves(run.runId)).find(({ name }) => name === run.wave);
    const { orders, maxConcurrency, tolerated } = waveOrders(plan, { ...run, only: wave?.only });
    const key = ordersKey(run.runId, run.wave);
    await objects.put(key, JSON.stringify(orders));
    return { bucket: environment.VERSIONS_BUCKET_NAME, key, count: orders.length, maxConcurrency, tolerated };
  },
);
