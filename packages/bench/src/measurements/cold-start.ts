import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from '../bench-error';
import { runChild } from '../child';
import { type PackagedFunction, packageFunctions } from '../cold-start/packagings';
import type { Figure } from '../figure';
import { percentile } from '../percentile';
import { commandOf, type Measurement } from './measurement';

const STARTS = 20;
const START_MS = 30_000;
const HOST = join(__dirname, '..', 'cold-start', 'function-host.cjs');

/** The route that needs nothing of AWS. */
const EVENT = {
  httpMethod: 'GET',
  resource: '/health/product',
  path: '/health/product',
  headers: {},
  pathParameters: null,
  queryStringParameters: null,
  body: null,
  requestContext: { requestId: 'cold' },
};
const ENVIRONMENT = {
  PRODUCT_TABLE_NAME: 'products',
  TIER_SHARDS: '{"basic":1}',
  AWS_REGION: 'us-east-1',
  AWS_LAMBDA_FUNCTION_NAME: 'product',
} as const;

/** Milliseconds since the loading of the handler began. */
interface ColdStart {
  readonly loaded: number;
  readonly answered: number;
}

export const coldStartMeasurement: Measurement = {
  name: 'cold-start',
  summary: "loading the product function and its first answer, for each of the release's packagings",
  run: async ({ source, signal, say }) => {
    const folder = await mkdtemp(join(tmpdir(), 'granary-bench-'));
    try {
      say('bundling');
      const functions = await packageFunctions(source, folder, signal);
      say(`${STARTS} fresh processes of each packaging, taking turns`);
      const starts: ColdStart[][] = functions.map(() => []);
      for (let turn = 0; turn < STARTS; turn += 1)
        for (const [at, packaged] of functions.entries()) starts[at]?.push(await startCold(packaged, signal));
      const figures = functions.flatMap((packaged, at) => figuresOf(packaged, starts[at] ?? []));
      return [
        {
          title: 'Cold start',
          command: commandOf('cold-start'),
          figures: [...figures, ratioOf(starts)],
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function startCold({ file, modules }: PackagedFunction, signal: AbortSignal): Promise<ColdStart> {
  const { stdout } = await runChild(process.execPath, [HOST, file, JSON.stringify(EVENT)], {
    cwd: tmpdir(),
    env: { ...ENVIRONMENT, ...(modules ? { NODE_PATH: modules } : {}) },
    timeoutMs: START_MS,
    signal,
  });
  const last = stdout.at(-1);
  if (last === undefined) throw new BenchError(`"${file}" started without an answer`);
  return JSON.parse(last) as ColdStart;
}

function figuresOf({ packaging, size }: PackagedFunction, starts: readonly ColdStart[]): Figure[] {
  const median = (of: (start: ColdStart) => number) => percentile(starts.map(of), 50);
  return [
    {
      what: `${packaging}: handler loaded`,
      value: median(({ loaded }) => loaded),
      unit: 'ms',
      note: `median of ${starts.length} fresh Node processes on this machine, not of Lambda`,
    },
    {
      what: `${packaging}: first answer`,
      value: median(({ answered }) => answered),
      unit: 'ms',
      note: 'since the loading began; GET /health/product',
    },
    {
      what: `${packaging}: unpacked`,
      value: size.code / 1024,
      unit: 'KB',
      ...(size.layer > 0 ? { note: `and ${Math.round(size.layer / 1024)} KB in the layer` } : {}),
    },
  ];
}

function ratioOf(starts: readonly (readonly ColdStart[])[]): Figure {
  const [bundled = [], layer = []] = starts.map((each) => each.map(({ answered }) => answered));
  return {
    what: 'first answer, layer to bundled',
    value: percentile(layer, 50) / percentile(bundled, 50),
    unit: 'x',
  };
}
