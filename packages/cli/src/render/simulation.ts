import type { ApiLoad, SimulatedHalt, SimulatedRollout, SimulatedWave } from '@granary/simulation';
import type { Palette } from '../terminal';
import { indent, table } from './table';

/** A simulated release: in short, by wave, by API, by cost; how it was halted, if it was. */
export function simulationLines(rollout: SimulatedRollout, palette: Palette): string[] {
  const { tenants, cells, hours, waves, apis, costs, concurrency, halt, final } = rollout;
  return [
    `${palette.bold('a simulated release')}  ${count(tenants)} silo tenants in ${count(cells)} cells, ${hours.toFixed(1)} hours, $${costs.total.toFixed(2)}`,
    ...section('waves', waveTable(waves, palette), palette),
    ...section('calls of APIs', apiTable(apis, palette), palette),
    ...section(
      'the release engine',
      [
        `${count(rollout.transitions)} state transitions, ${count(rollout.invocations)} calls of functions, ${count(concurrency.peak)} at the same time at most`,
        `Step Functions $${costs.stepFunctions.toFixed(2)}, Lambda $${costs.lambda.toFixed(2)}, CodePipeline $${costs.codePipeline.toFixed(2)}, CloudWatch $${costs.cloudWatch.toFixed(2)}, S3 $${costs.s3.toFixed(2)}`,
      ],
      palette,
    ),
    ...(halt ? section('halt', haltLines(halt), palette) : []),
    '',
    `${count(final.updated)} tenants run the release, ${count(final.unchanged)} what they ran before${final.astray > 0 ? palette.red(`; of ${count(final.astray)} the records tell something else`) : ''}`,
  ];
}

function section(title: string, lines: readonly string[], palette: Palette): string[] {
  return ['', palette.bold(title), ...indent(lines)];
}

function waveTable(waves: readonly SimulatedWave[], palette: Palette): string[] {
  return table<SimulatedWave>(
    [
      { title: 'wave', value: ({ name }) => name },
      { title: 'tenants', align: 'right', value: ({ tenants }) => count(tenants) },
      { title: 'begins', align: 'right', value: ({ startedAt }) => minutes(startedAt) },
      { title: 'takes', align: 'right', value: ({ startedAt, endedAt }) => minutes(endedAt - startedAt) },
      { title: 'ends', value: ({ outcome }) => outcome },
    ],
    waves,
    palette.dim,
  );
}

function apiTable(apis: readonly ApiLoad[], palette: Palette): string[] {
  return table<ApiLoad>(
    [
      { title: 'api', value: ({ api }) => api },
      { title: 'calls', align: 'right', value: ({ calls }) => count(calls) },
      { title: 'throttled', align: 'right', value: ({ throttled }) => count(throttled) },
      { title: 'peak a second', align: 'right', value: ({ peak }) => count(peak) },
      { title: 'of', align: 'right', value: ({ most }) => count(most) },
      { title: 'longest wait', align: 'right', value: ({ longestWait }) => `${longestWait.toFixed(0)} s` },
    ],
    apis,
    palette.dim,
  );
}

function haltLines({
  wave,
  gate,
  reason,
  reached,
  harmed,
  detectedAfter,
  rolledBackAfter,
}: SimulatedHalt): string[] {
  return [
    `wave "${wave}" halted at gate "${gate}": ${reason}`,
    `${count(reached)} tenants reached, ${count(harmed)} met the fault`,
    `halted ${minutes(detectedAfter)} after the first met it, rolled back ${minutes(rolledBackAfter)} later`,
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function minutes(seconds: number): string {
  return `${(seconds / 60).toFixed(1)} min`;
}
