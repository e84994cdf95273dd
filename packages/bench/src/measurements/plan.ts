import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../child';
import type { Figure } from '../figure';
import { writeFleet } from '../fleet-manifest';
import { percentile } from '../percentile';
import { commandOf, type Measurement, type MeasurementContext } from './measurement';

const SIZES = [1000, 10_000, 100_000];
const RUNS = 5;
const PLAN_MS = 120_000;
/** Seconds, for ten thousand tenants. */
const AIM = { tenants: 10_000, seconds: 1 };

export const planMeasurement: Measurement = {
  name: 'plan',
  summary: '`granary plan` for 1,000, 10,000 and 100,000 silo tenants, the start of the process included',
  run: async (context) => {
    const figures: Figure[] = [];
    for (const tenants of SIZES) figures.push(await measurePlan(tenants, context));
    return [{ title: 'Plan', command: commandOf('plan'), figures }];
  },
};

async function measurePlan(tenants: number, { source, signal, say }: MeasurementContext): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'));
  try {
    await writeFleet(source, join(folder, 'tenants.json'), { tenants });
    say(`${RUNS} plans of ${tenants} tenants, compared with themselves`);
    const command = join(source, 'packages', 'cli', 'bin', 'granary.mjs');
    const args = ['plan', '--project', folder, '--from', 'tenants.json'];
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const child = runChild(process.execPath, [command, ...args], {
        cwd: folder,
        timeoutMs: PLAN_MS,
        signal,
      });
      seconds.push((await child).milliseconds / 1000);
    }
    return {
      what: `${tenants.toLocaleString('en')} silo tenants`,
      value: percentile(seconds, 50),
      unit: 's',
      ...(tenants === AIM.tenants ? { aim: AIM.seconds } : {}),
      note: `median of ${RUNS}, slowest ${Math.max(...seconds).toFixed(1)} s; two manifests read and compared`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
