import { readTemplates, synthesized } from '@granary/cli';
import { fleetWaves, LAMBDA_CONCURRENCY, type SimulatedRollout } from '@granary/simulation';
import type { Figure } from '../figure';
import type { RolloutDone, RolloutJob } from '../simulation/rollout-job';
import { describeJob, simulateAll } from '../simulation/simulate-all';
import { commandOf, type Measurement } from './measurement';

const SIZES = [100, 1000, 10_000, 100_000];
/** Share of requests that a bad release fails. */
const ERRORS = [0.05, 1];
/** Seconds to simulate a good release to the largest fleet in. */
const AIM = 120;

export const simulationMeasurement: Measurement = {
  name: 'simulation',
  summary:
    'releases to 100 to 100,000 silo tenants in virtual time, good ones and bad ones from each wave on',
  run: async ({ source, signal, say }) => {
    say('synthesizing the release engine');
    const project = { folder: source, stateFolder: source };
    const templates = [...(await synthesized(project, signal, readTemplates)).values()];
    const jobs = SIZES.flatMap(jobsOf).sort((one, other) => lengthOf(other) - lengthOf(one));
    const done = await simulateAll(jobs, { templates, signal, say });
    const of = new Map(jobs.map((job, index) => [describeJob(job), done[index] as RolloutDone]));
    return SIZES.map((tenants) => ({
      title: `Simulated release to ${tenants.toLocaleString('en')} tenants`,
      command: commandOf('simulation'),
      figures: jobsOf(tenants).flatMap((job) => figuresOf(job, of.get(describeJob(job)) as RolloutDone)),
    }));
  },
};

function figuresOf(job: RolloutJob, done: RolloutDone): readonly Figure[] {
  return job.bad ? [bad(job, done.rollout)] : good(job.tenants, done);
}

function jobsOf(tenants: number): readonly RolloutJob[] {
  return [
    { tenants },
    ...ERRORS.flatMap((errors) => fleetWaves.map((fromWave) => ({ tenants, bad: { fromWave, errors } }))),
  ];
}

/** Not measured: a release that is halted early, or takes nothing back, is over sooner. */
function lengthOf({ tenants, bad }: RolloutJob): number {
  const reached = bad ? fleetWaves.indexOf(bad.fromWave) + 1 : fleetWaves.length;
  return tenants * reached;
}

function good(tenants: number, { rollout, seconds }: RolloutDone): readonly Figure[] {
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
      what: 'functions at the same time',
      value: rollout.concurrency.peak,
      unit: 'functions',
      aim: LAMBDA_CONCURRENCY.value,
      note: `of the release engine, ${rollout.concurrency.throttled} calls too many and made again`,
    },
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

function bad({ tenants, bad: fault }: RolloutJob, { halt }: SimulatedRollout): Figure {
  return {
    what: `${(fault?.errors ?? 0) * 100} % errors from "${fault?.fromWave}" on`,
    value: halt?.harmed ?? tenants,
    unit: 'tenants',
    note: halt
      ? `met the fault, of ${halt.reached} reached; gate "${halt.gate}" of "${halt.wave}" after ${(halt.detectedAfter / 60).toFixed(0)} min, rolled back ${(halt.rolledBackAfter / 60).toFixed(0)} min later`
      : 'not noticed',
  };
}
