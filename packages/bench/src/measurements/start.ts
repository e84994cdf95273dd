import { BenchError } from '../bench-error';
import type { CloudUnderTest } from '../cloud-under-test';
import { type Figure, formatValue, type Section } from '../figure';
import { describeProcesses, type MemoryPeak, megabytes, samplePeak } from '../memory-peak';
import { describePhases } from '../stage-times';
import { readStart } from '../start-events';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

/** Seconds, on two cores. */
const FIRST_START_AIM = 240;
const SECOND_START_AIM = 60;

/** What the phases of `granary start` do, and what is left of the time. */
const PHASES: Readonly<Record<string, string>> = {
  check: 'read the manifest and the project',
  cloud: 'install and start the engine, bootstrap the accounts',
  release: 'release HEAD through the pipeline',
  walk: 'sign up, sign in, trade, try a neighbour',
  rehearsal: 'release a fault on purpose: stopped by its gate, rolled back',
};

interface TimedStart {
  readonly milliseconds: number;
  readonly lines: readonly string[];
}

export const startMeasurement: Measurement = {
  name: 'start',
  summary: 'npm start -- --once in a fresh clone, and once more with its state kept',
  run: (context) =>
    onCloud(context, async (cloud) => {
      context.say('first start');
      const first = await timed(cloud);
      context.say('second start');
      return [startSection(first, await timed(cloud))];
    }),
};

export const memoryMeasurement: Measurement = {
  name: 'memory',
  summary: 'peak memory of everything together during npm start -- --once in a fresh clone',
  run: (context) =>
    onCloud(context, async (cloud) => {
      context.say('first start, memory sampled');
      return [memorySection((await sampled(cloud)).peak)];
    }),
};

/** Both of the above with one clone. */
export async function measureStartAndMemory(
  cloud: CloudUnderTest,
  { say }: Pick<MeasurementContext, 'say'>,
): Promise<readonly Section[]> {
  say('first start, memory sampled');
  const { start, peak } = await sampled(cloud);
  say('second start');
  return [startSection(start, await timed(cloud)), memorySection(peak)];
}

async function timed(cloud: CloudUnderTest, onStarted?: (pid: number) => void): Promise<TimedStart> {
  const { milliseconds, stdout } = await cloud.startOnce(onStarted);
  return { milliseconds, lines: stdout };
}

async function sampled(cloud: CloudUnderTest): Promise<{ start: TimedStart; peak: MemoryPeak }> {
  if (process.platform !== 'linux') throw new BenchError('memory is read from /proc, which only Linux has');
  let stop: ReturnType<typeof samplePeak> | undefined;
  try {
    const start = await timed(cloud, (pid) => {
      stop = samplePeak(pid);
    });
    const peak = stop?.();
    if (!peak) throw new BenchError('not one sample saw the process of npm start');
    return { start, peak };
  } finally {
    stop?.();
  }
}

function startSection(first: TimedStart, second: TimedStart): Section {
  return {
    title: 'Start',
    command: commandOf('start'),
    figures: [
      ...startFigures('first start', first, FIRST_START_AIM, 'fresh clone, package caches warm'),
      ...startFigures('second start', second, SECOND_START_AIM, 'nothing new to release'),
    ],
  };
}

/** The whole start, then its phases; what no phase holds is the command's own: npm, packages, the end. */
export function startFigures(
  what: string,
  { milliseconds, lines }: TimedStart,
  aim: number,
  note: string,
): readonly Figure[] {
  const { phases, stages } = readStart(lines);
  const rest = milliseconds - phases.reduce((sum, phase) => sum + phase.milliseconds, 0);
  const figure = (name: string, spent: number, noted: string): Figure => ({
    what: `${what}: ${name}`,
    value: spent / 1000,
    unit: 's',
    note: noted,
  });
  return [
    { what, value: milliseconds / 1000, unit: 's', aim, note },
    figure('around', rest, 'install packages, load the command, save and stop'),
    ...phases.map(({ name, milliseconds: spent }) =>
      figure(
        name,
        spent,
        name === 'release' && stages.length > 0 ? describePhases(stages) : (PHASES[name] ?? name),
      ),
    ),
  ];
}

function memorySection({ memory, at, processes }: MemoryPeak): Section {
  const after = `${formatValue(at / 1000, 's')} after the start`;
  return {
    title: 'Memory',
    command: commandOf('memory'),
    figures: [
      {
        what: 'peak during the first start',
        value: megabytes(memory),
        unit: 'MB',
        note: `proportional set size of all processes, sampled 4 times a second; ${after}: ${describeProcesses(processes)}`,
      },
    ],
  };
}
