import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from './bench-error';
import { busyNote, describeMachine } from './machine';
import { allMeasurements } from './measurements/all';
import { authorizerMeasurement } from './measurements/authorizer';
import { badReleaseMeasurement } from './measurements/bad-release';
import { coldStartMeasurement } from './measurements/cold-start';
import { consoleMeasurement } from './measurements/console';
import { consolePagesMeasurement } from './measurements/console-pages';
import { gateMeasurement, scopingMeasurement } from './measurements/gate';
import type { Measurement } from './measurements/measurement';
import { onboardingMeasurement } from './measurements/onboarding';
import { planMeasurement } from './measurements/plan';
import { releaseMeasurement } from './measurements/release';
import { requestMeasurement } from './measurements/request';
import { simulationMeasurement } from './measurements/simulation';
import { memoryMeasurement, startMeasurement } from './measurements/start';
import { synthMeasurement } from './measurements/synth';
import { tenantMeasurement } from './measurements/tenant';
import { moveMeasurement, purgeMeasurement } from './measurements/tenant-rows';
import { wavesMeasurement } from './measurements/waves';
import { renderSections, writeSections } from './page';
import { helpText, readArguments, UsageError } from './program';

const ROOT = join(__dirname, '..', '..', '..');
const PAGE = 'docs/benchmarks.md';
const MEASUREMENTS: readonly Measurement[] = [
  startMeasurement,
  memoryMeasurement,
  releaseMeasurement,
  wavesMeasurement,
  badReleaseMeasurement,
  tenantMeasurement,
  requestMeasurement,
  coldStartMeasurement,
  authorizerMeasurement,
  gateMeasurement,
  scopingMeasurement,
  onboardingMeasurement,
  moveMeasurement,
  purgeMeasurement,
  planMeasurement,
  synthMeasurement,
  simulationMeasurement,
  consoleMeasurement,
  consolePagesMeasurement,
  allMeasurements,
];

async function main(args: readonly string[], signal: AbortSignal): Promise<void> {
  const request = readArguments(args, MEASUREMENTS);
  if (request.kind === 'help') return print(helpText(MEASUREMENTS, PAGE));
  const began = performance.now();
  const say = (line: string) =>
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${line}\n`);
  const busy = busyNote(loadavg()[0] ?? 0, cpus().length);
  if (busy) say(`note: ${busy}`);
  const taken = { date: new Date().toISOString().slice(0, 10), machine: describeMachine() };
  const sections = await inScratch(() => request.measurement.run({ source: ROOT, signal, say }));
  if (request.write) await writeSections(join(ROOT, PAGE), sections, taken);
  print(
    request.json
      ? JSON.stringify({ ...taken, sections }, null, 2)
      : renderSections(sections, taken).join('\n'),
  );
}

/** What a measurement, and all that it starts, puts into the temporary folder goes with it. */
async function inScratch<T>(work: () => Promise<T>): Promise<T> {
  const usual = tmpdir();
  const scratch = await mkdtemp(join(usual, 'granary-bench-'));
  process.env.TMPDIR = scratch;
  try {
    return await work();
  } finally {
    process.env.TMPDIR = usual;
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function print(text: string): void {
  process.stdout.write(`${text.trimEnd()}\n`);
}

const interruption = new AbortController();
/** tsx may pass on a signal that the terminal has sent already. */
const SAME_SIGNAL_MS = 1000;
let interruptedAt: number | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // The second time, the person does not want to wait for the cleaning up.
    if (interruptedAt !== undefined && performance.now() - interruptedAt > SAME_SIGNAL_MS) process.exit(1);
    interruptedAt ??= performance.now();
    interruption.abort(new BenchError(`interrupted by ${signal}`));
  });
main(process.argv.slice(2), interruption.signal).then(
  () => process.exit(0),
  (failure: Error) => {
    // What an interruption broke off is not why it ended.
    const error: Error = interruption.signal.aborted ? interruption.signal.reason : failure;
    process.stderr.write(`bench: ${process.env.GRANARY_DEBUG ? error.stack : error.message}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
