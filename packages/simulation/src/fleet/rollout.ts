import { type Manifest, planRollout } from '@granary/manifest';
import { type Halt, plannedRelease, type ReleasePlan, Runs, releasePlanSchema } from '@granary/release';
import { Agenda } from '../clock/agenda';
import { Chance } from '../clock/chance';
import type { ApiLoad } from '../cloud/api-limits';
import { PRICES } from '../cloud/published-rates';
import type { ResourceCounts } from '../cloud/stack-work';
import { Execution } from '../machine/execution';
import { type Ending, isFault, type Machinery } from '../machine/machinery';
import { SimulationError } from '../simulation-error';
import type { WaveMachineDefinition } from './machines';
import { FUNCTION_GB, FUNCTION_SECONDS, ReleaseFunctions } from './release-run';
import { SimulatedFleet } from './simulated-fleet';

export interface RolloutOptions {
  readonly manifest: Manifest;
  readonly machine: WaveMachineDefinition;
  /** What a tenant's stack consists of. */
  readonly resources: ResourceCounts;
  /** @default 1 */
  readonly seed?: number;
  /** What the release changes in each stack. @default 'code' */
  readonly change?: 'code' | 'api';
  /** A release that is bad from a wave on: in the tenants of the waves before, its fault does not show. @default good */
  readonly bad?: { readonly fromWave: string; readonly errors: number };
  /** Requests a second of a tenant's own users. @default 0.5 */
  readonly requestsPerSecond?: number;
}

export interface SimulatedWave {
  readonly name: string;
  readonly tenants: number;
  /** Since the start of the release, in seconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'passed' | 'halted';
}

export interface SimulatedRollout {
  readonly tenants: number;
  readonly cells: number;
  readonly waves: readonly SimulatedWave[];
  /** Of the whole release, in hours. */
  readonly hours: number;
  readonly apis: readonly ApiLoad[];
  readonly transitions: number;
  readonly invocations: number;
  readonly dollars: number;
  /** The largest record of a run or wave, in bytes. */
  readonly largestRecord: number;
  /** Tenants by the release that they run at the end. */
  readonly running: ReadonlyMap<string, number>;
  /** @default the release passed every gate */
  readonly halt?: SimulatedHalt;
}

export interface SimulatedHalt {
  readonly wave: string;
  readonly gate: string;
  readonly reason: string;
  /** Tenants that ran the bad release when it was stopped. */
  readonly reached: number;
  /** From the first tenant that misbehaved to the halt, in seconds. */
  readonly detectedAfter: number;
  /** From the halt to the last tenant's return, in seconds. */
  readonly rolledBackAfter: number;
}

const RUN_ID = 'run-simulated';
const RELEASES = { before: 'a'.repeat(40), now: 'b'.repeat(40) } as const;
const DIGESTS = { before: '0'.repeat(64), now: '1'.repeat(64) } as const;

/** Carries one release to a fleet in virtual time: the real plan, the real machine, the real cores, simulated clouds. */
export async function simulateRollout(options: RolloutOptions): Promise<SimulatedRollout> {
  const { manifest, machine, resources, seed = 1, change = 'code', bad, requestsPerSecond = 0.5 } = options;
  const agenda = new Agenda();
  const chance = new Chance(seed);
  const plans = new Map<string, ReleasePlan>(
    (['before', 'now'] as const).map((which) => [RELEASES[which], planOf(manifest, DIGESTS[which])]),
  );
  const waveOf = waveOfStacks(manifest);
  const order = manifest.rollout.waves.map(({ name }) => name);
  const badFrom = bad ? order.indexOf(bad.fromWave) : order.length;
  if (badFrom < 0)
    throw new SimulationError(`the fleet has no wave "${bad?.fromWave}"; it has ${order.join(', ')}`);
  let misbehavesSince: number | undefined;
  const fleet = new SimulatedFleet({
    agenda,
    chance,
    resources,
    change,
    requestsPerSecond,
    behaviourOf: (stackName, templateUrl) => {
      const wrong = templateUrl.includes(DIGESTS.now) && (waveOf.get(stackName) ?? 0) >= badFrom;
      if (wrong) misbehavesSince ??= agenda.now;
      return { errors: wrong ? (bad?.errors ?? 0) : 0 };
    },
  });
  const functions = new ReleaseFunctions(fleet, plans);
  let transitions = 0;
  const machinery: Machinery = {
    agenda,
    random: () => chance.number(),
    invoke: (resource, payload) => functions.invoke(machine.functionOf(resource), payload),
    readItems: async (_, parameters) => functions.objects.get((parameters as { Key: string }).Key) ?? [],
    transition: () => {
      transitions += 1;
    },
  };
  const before = plans.get(RELEASES.before) as ReleasePlan;
  await fleet.install(before, RELEASES.before);
  const waves: SimulatedWave[] = [];
  for (const { name, deployments } of before.waves.filter((wave) => wave.deployments.length > 0)) {
    const startedAt = agenda.now;
    const ending = await execute(machinery, machine, { runId: RUN_ID, release: RELEASES.now, wave: name });
    waves.push({
      name,
      tenants: deployments.length,
      startedAt,
      endedAt: agenda.now,
      outcome: isFault(ending) ? 'halted' : 'passed',
    });
    if (isFault(ending)) break;
  }
  const { halt } = await new Runs(fleet.table).get(RUN_ID);
  const running = new Map<string, number>();
  for (const { release } of await fleet.versions(
    [...waveOf.keys()].map((stack) => stack.slice(manifest.application.length + 1)),
  ))
    running.set(release, (running.get(release) ?? 0) + 1);
  const seconds = agenda.now;
  const invocations = [...functions.invocations.values()].reduce((sum, calls) => sum + calls, 0);
  return {
    tenants: manifest.tenants.length,
    cells: manifest.cells.length,
    waves,
    hours: seconds / 3600,
    apis: fleet.limits.loads(),
    transitions,
    invocations,
    dollars: costOf(transitions, functions.invocations, seconds, functions.objects.size),
    largestRecord: fleet.table.largest,
    running,
    ...(halt ? { halt: haltOf(halt, waves, misbehavesSince ?? 0, fleet) } : {}),
  };
}

function planOf(manifest: Manifest, templateDigest: string): ReleasePlan {
  return releasePlanSchema.parse(
    plannedRelease(manifest, ({ id }) => ({ templateDigest, parameters: { DeploymentId: id } })),
  );
}

/** Index of the wave by stack. */
function waveOfStacks(manifest: Manifest): ReadonlyMap<string, number> {
  return new Map(
    planRollout(manifest).waves.flatMap(({ index, tenants }) =>
      tenants.map(({ stackName }) => [stackName, index]),
    ),
  );
}

async function execute(
  machinery: Machinery,
  { definition }: WaveMachineDefinition,
  input: object,
): Promise<Ending> {
  const endings: Ending[] = [];
  const execution = new Execution(machinery, definition, {}, (ending) => {
    endings.push(ending);
  });
  machinery.agenda.after(0, () => execution.start(input));
  await machinery.agenda.run();
  const [ending] = endings;
  if (ending) return ending;
  throw new SimulationError('the wave machine came to no end');
}

function haltOf(
  halt: Halt,
  waves: readonly SimulatedWave[],
  since: number,
  fleet: SimulatedFleet,
): SimulatedHalt {
  const epoch = fleet.epoch.getTime();
  const at = (new Date(halt.at).getTime() - epoch) / 1000;
  return {
    wave: halt.wave,
    gate: halt.gate,
    reason: halt.reason,
    reached:
      waves.reduce((sum, { tenants, outcome }) => sum + (outcome === 'passed' ? tenants : 0), 0) +
      halt.rolledBackTotal,
    detectedAfter: Math.max(0, at - since),
    rolledBackAfter: (waves.at(-1)?.endedAt ?? at) - at,
  };
}

function costOf(
  transitions: number,
  calls: ReadonlyMap<string, number>,
  seconds: number,
  objects: number,
): number {
  let lambda = 0;
  for (const [name, count] of calls) {
    const each = FUNCTION_SECONDS[name as keyof typeof FUNCTION_SECONDS];
    lambda += count * (PRICES.lambdaRequest.usd + each * FUNCTION_GB * PRICES.lambdaGigabyteSecond.usd);
  }
  return (
    transitions * PRICES.stateTransition.usd +
    lambda +
    // The pipeline's action waits for the wave.
    (seconds / 60) * PRICES.pipelineMinute.usd +
    objects * PRICES.s3Put.usd
  );
}
