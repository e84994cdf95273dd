import { applicationClient } from '@granary/client';
import { installEngine, type LocalCloud } from '@granary/local';
import { tenantTargets } from '@granary/manifest';
import { signInAdmin } from '../admin-session';
import { deployBareApi } from '../baseline/bare-api';
import { startBareEngine } from '../baseline/bare-engine';
import { BenchError } from '../bench-error';
import type { CloudUnderTest } from '../cloud-under-test';
import type { Figure, Section } from '../figure';
import { alternate, alternateBlocks, LoadTarget, type Pair } from '../http-load';
import { percentile } from '../percentile';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

const REQUESTS = 1000;
const WARM_UP = 100;
const CONCURRENCY = 8;
/** Two in a row stay within what the tier lets through at once, however fast the machine is. */
const BLOCK = { size: 125, concurrency: CONCURRENCY } as const;
const BLOCKS = 16;
/** Of the bare engine's median. */
const RATIO_AIM = 1.2;

export const requestMeasurement: Measurement = {
  name: 'request',
  summary:
    'a warm request through API, authorizer and function to the table and back, beside the bare engine',
  run: (context) => onCloud(context, async (cloud) => [await measureRequest(cloud, context)]),
};

export async function measureRequest(
  cloud: CloudUnderTest,
  { say, signal }: Pick<MeasurementContext, 'say' | 'signal'>,
): Promise<Section> {
  const running = await cloud.up();
  const granary = await granaryTarget(cloud, running, signal);
  const python = await installEngine({ venvFolder: running.folder.venv });
  const bare = await startBareEngine(python);
  const pair: Pair = [
    granary,
    new LoadTarget('bare engine', await deployBareApi(bare.endpoint), 'a.b.c', signal),
  ];
  try {
    return await measurePair(pair, say);
  } finally {
    for (const target of pair) target.close();
    await bare.stop();
  }
}

/** `GET /products/{productId}` as the administrator of the manifest's first silo tenant. */
async function granaryTarget(
  cloud: CloudUnderTest,
  { engine }: LocalCloud,
  signal: AbortSignal,
): Promise<LoadTarget> {
  const [target] = tenantTargets(await cloud.clone.manifest());
  if (!target) throw new BenchError('the manifest has no silo tenant to ask as');
  const { apiUrl, token } = await signInAdmin(engine, target);
  const { productId } = await applicationClient({ baseUrl: apiUrl, token }).createProduct({
    body: { sku: 'bench-1', name: 'Grain', price: 12.5, category: 'grain' },
  });
  return new LoadTarget('granary', new URL(`products/${productId}`, apiUrl).href, token, signal);
}

async function measurePair(pair: Pair, say: (line: string) => void): Promise<Section> {
  say('warming up');
  await alternate(pair, WARM_UP);
  say(`${REQUESTS} requests to each, one at a time, taking turns`);
  const times = await alternate(pair, REQUESTS);
  await alternateBlocks(pair, { ...BLOCK, blocks: 1 });
  say(`${BLOCKS * BLOCK.size} requests to each, ${CONCURRENCY} at a time, in blocks that take turns`);
  const rates = await alternateBlocks(pair, { ...BLOCK, blocks: BLOCKS });
  return { title: 'Request', command: commandOf('request'), figures: requestFigures(times, rates) };
}

/**
 * @param times of single requests, milliseconds: ours, the bare engine's
 * @param rates requests a second, in the same order
 */
export function requestFigures(
  times: readonly [readonly number[], readonly number[]],
  rates: readonly [number, number],
): readonly Figure[] {
  const names = ['granary', 'bare engine'] as const;
  const at = (rank: number) => [percentile(times[0], rank), percentile(times[1], rank)] as const;
  const latency = (rank: number, aim?: number): Figure[] => {
    const values = at(rank);
    return [
      ...names.map(
        (name, side): Figure => ({ what: `${name}: p${rank}`, value: values[side] ?? 0, unit: 'ms' }),
      ),
      {
        what: `p${rank} to the bare engine's`,
        value: values[0] / values[1],
        unit: 'x',
        ...(aim ? { aim } : {}),
      },
    ];
  };
  return [
    ...latency(50, RATIO_AIM),
    ...latency(99),
    ...names.map(
      (name, side): Figure => ({
        what: `${name}: throughput`,
        value: rates[side] ?? 0,
        unit: 'requests/s',
        note: `${CONCURRENCY} at a time`,
      }),
    ),
    { what: "throughput to the bare engine's", value: rates[0] / rates[1], unit: 'x' },
  ];
}
