import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadManifest, stackName } from '@granary/manifest';
import { BenchError } from '../bench-error';
import { runChild } from '../child';
import type { Figure } from '../figure';
import { type FleetOptions, writeFleet } from '../fleet-manifest';
import { megabytes, samplePeak } from '../memory-peak';
import { commandOf, type Measurement, type MeasurementContext } from './measurement';

const PIPELINE_SIZES = [1, 10, 50, 100];
const DISTRIBUTED_SIZES = [3, 1000, 10_000];
const SYNTH_MS = 600_000;
/** Of the naive form's time, at the largest size of the pipeline engine. */
const NAIVE_SHARE = 0.5;
/** Of the smallest fleet's time, at the largest size of the distributed engine. */
const GROWTH = 1.2;

/** How the release synthesizes, or how the CDK does unless told otherwise. */
type Form = 'release' | 'naive';

/** Of what the project tells the CDK, what the CDK does unless it is told; its check of templates goes by CDK_VALIDATION. */
const CDK_DEFAULTS: Readonly<Record<string, boolean>> = {
  '@aws-cdk/core:suppressTemplateIndentation': false,
  'aws:cdk:disable-creation-stack-traces': false,
  'aws:cdk:disable-logicalId-metadata': false,
  'aws:cdk:disable-stack-trace': false,
};

interface Synth {
  readonly seconds: number;
  /** MB, of all processes. */
  readonly memory: number;
  /** The pipeline's template, in KB. */
  readonly template: number;
}

export const synthMeasurement: Measurement = {
  name: 'synth',
  summary: 'time, memory and template of a synth, by number of silo tenants, for both engines',
  run: async (context) => [
    { title: 'Synth, pipeline engine', command: commandOf('synth'), figures: await pipelineFigures(context) },
    {
      title: 'Synth, distributed engine',
      command: commandOf('synth'),
      figures: await distributedFigures(context),
    },
  ],
};

async function pipelineFigures(context: MeasurementContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const tenants of PIPELINE_SIZES) {
    const fleet = { tenants, engine: 'pipeline' } as const;
    const naive = await synthesize(fleet, 'naive', context);
    const release = await synthesize(fleet, 'release', context);
    const what = `${tenants} silo tenants`;
    figures.push(...figuresOf(what, release, naive));
    figures.push({
      what: `${what}: time to naive`,
      value: release.seconds / naive.seconds,
      unit: 'x',
      ...(tenants === PIPELINE_SIZES.at(-1) ? { aim: NAIVE_SHARE } : {}),
    });
  }
  return figures;
}

async function distributedFigures(context: MeasurementContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let smallest: Synth | undefined;
  for (const tenants of DISTRIBUTED_SIZES) {
    const synth = await synthesize({ tenants, engine: 'distributed' }, 'release', context);
    smallest ??= synth;
    const what = `${tenants.toLocaleString('en')} silo tenants`;
    figures.push(...figuresOf(what, synth));
    if (synth !== smallest)
      figures.push({
        what: `${what}: time to ${DISTRIBUTED_SIZES[0]}`,
        value: synth.seconds / smallest.seconds,
        unit: 'x',
        ...(tenants === DISTRIBUTED_SIZES.at(-1) ? { aim: GROWTH } : {}),
      });
  }
  return figures;
}

function figuresOf(what: string, synth: Synth, naive?: Synth): readonly Figure[] {
  const beside = (text: string | undefined) => (text === undefined ? {} : { note: `naive: ${text}` });
  return [
    {
      what: `${what}: time`,
      value: synth.seconds,
      unit: 's',
      ...beside(naive && `${naive.seconds.toFixed(1)} s`),
    },
    {
      what: `${what}: peak memory`,
      value: synth.memory,
      unit: 'MB',
      ...beside(naive && `${naive.memory.toFixed(0)} MB`),
    },
    {
      what: `${what}: pipeline's template`,
      value: synth.template,
      unit: 'KB',
      ...beside(naive && `${naive.template.toFixed(0)} KB`),
    },
  ];
}

/** Runs the application as `cdk synth` does, bundling included. */
async function synthesize(
  fleet: FleetOptions,
  form: Form,
  { source, signal, say }: MeasurementContext,
): Promise<Synth> {
  const folder = await mkdtemp(join(tmpdir(), 'synth-'));
  try {
    const file = join(folder, 'tenants.json');
    await writeFleet(source, file, fleet);
    say(`synth of ${fleet.tenants} tenants, ${fleet.engine}, ${form}`);
    const cwd = join(source, 'pipelines');
    const { context } = JSON.parse(await readFile(join(cwd, 'cdk.json'), 'utf8'));
    const output = join(folder, 'cdk.out');
    let peak: ReturnType<typeof samplePeak> | undefined;
    const { milliseconds } = await runChild(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd,
      env: {
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify({
          ...context,
          'granary:manifest': file,
          ...(form === 'naive' ? CDK_DEFAULTS : {}),
        }),
        CDK_VALIDATION: String(form === 'naive'),
      },
      timeoutMs: SYNTH_MS,
      signal,
      onStarted: (pid) => {
        peak = samplePeak(pid);
      },
    });
    const most = peak?.();
    if (!most) throw new BenchError('the synth ended before its memory was read: Linux with /proc is needed');
    const manifest = loadManifest(await readFile(file, 'utf8'));
    const template = await stat(join(output, `${stackName(manifest, 'pipeline')}.template.json`));
    return { seconds: milliseconds / 1000, memory: megabytes(most.memory), template: template.size / 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
