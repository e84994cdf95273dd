import { readTemplates, synthesized } from '@granary/cli';
import {
  fleetManifest,
  fleetWaves,
  type ReleaseMake,
  releaseMakeOf,
  type SimulatedRollout,
  simulateRollout,
} from '@granary/simulation';
import type { Figure, Section } from '../figure';
import { commandOf, type Measurement, type MeasurementContext } from './measurement';

const SIZES = [100, 1000, 10_000, 100_000];
/** Share of requests that a bad release fails. */
const ERRORS = [0.05, 1];
/** Seconds to simulate the largest fleet in. */
const AIM = 120;

export const simulationMeasurement: Measurement = {
  name: 'simulation',
  summary:
    'releases to 100 to 100,000 silo tenants in virtual time, good ones and bad ones from each wave on',
  run: async (context) => {
    const { source, signal, say } = context;
    say('synthesizing the release engine');
    const project = { folder: source, stateFolder: source };
    const make = releaseMakeOf((await synthesized(project, signal, readTemplates)).values());
    const sections: Section[] = [];
    for (const tenants of SIZES) {
      sections.push({
        title: `Simulated release to ${tenants.toLocaleString('en')} tenants`,
        command: commandOf('simulation'),
        figures: [...(await good(tenants, make, context)), ...(await bad(tenants, make, context))],
      });
    }
    return sections;
  },
};

async function good(
  tenants: number,
  make: ReleaseMake,
  { say }: MeasurementContext,
): Promise<readonly Figure[]> {
  say(`a good release to ${tenants} tenants`);
  const began = performance.now();
  const rollout = await simulateRollout({ manifest: fleetManifest({ tenants }), make });
  const seconds = (performance.now() - began) / 1000;
  return [
    { what: 'good release', value: rollout.hours, unit: 'h', note: `${rollout.cells} cells` },
    { what: 'cost', value: rollout.costs.total, unit: '$', note: costNote(rollout) },
    ...rollout.apis.map(({ api, peak, most, throttled }): Figure => {
      const note = throttled > 0 ? `${throttled} calls throttled and made again` : undefined;
      return {
        what: `peak of ${api}`,
        value: peak,
        unit: 'calls/s',
        aim: most,
        ...(note === undefined ? {} : { note }),
      };
    }),
    {
      what: 'to simulate',
      value: seconds,
      unit: 's',
      ...(tenants === SIZES.at(-1) ? { aim: AIM } : {}),
      note: `${rollout.transitions} state transitions`,
    },
  ];
}

function costNote({ costs }: SimulatedRollout): string {
  return `Step Functions $${costs.stepFunctions.toFixed(2)}, Lambda $${costs.lambda.toFixed(2)}, the rest $${(costs.total - costs.stepFunctions - costs.lambda).toFixed(2)}`;
}

async function bad(
  tenants: number,
  make: ReleaseMake,
  { signal, say }: MeasurementContext,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const errors of ERRORS)
    for (const fromWave of fleetWaves) {
      signal.throwIfAborted();
      const what = `${errors * 100} % errors from "${fromWave}" on`;
      say(`${what}, ${tenants} tenants`);
      const { halt } = await simulateRollout({
        manifest: fleetManifest({ tenants }),
        make,
        bad: { fromWave, errors },
      });
      figures.push({
        what,
        value: halt?.harmed ?? tenants,
        unit: 'tenants',
        note: halt
          ? `met the fault, of ${halt.reached} reached; gate "${halt.gate}" of "${halt.wave}" after ${(halt.detectedAfter / 60).toFixed(0)} min, rolled back ${(halt.rolledBackAfter / 60).toFixed(0)} min later`
          : 'not noticed',
      });
    }
  return figures;
}
