import type { Manifest } from '@granary/manifest';
import { type Halt, plannedRelease, type ReleasePlan, Runs, releasePlanSchema } from '@granary/release';
import { Agenda } from '../clock/agenda';
import { Chance } from '../clock/chance';
import type { ApiLoad } from '../cloud/api-limits';
import { takenBack } from '../cloud/simulated-cells';
import type { Change } from '../cloud/stack-work';
import { Execution } from '../machine/execution';
import { type Ending, isFault, type Machinery } from '../machine/machinery';
import { SimulationError } from '../simulation-error';
import { type Costs, costsOf } from './costs';
import type { ReleaseMake, WaveMachineDefinition } from './machines';
import { ReleaseFunctions } from './release-run';
import { SimulatedFleet } from './simulated-fleet';

export interface RolloutOptions {
  readonly manifest: Manifest;
  /** What is released, and by what. */
  readonly make: ReleaseMake;
  /** @default 1 */
  readonly seed?: number;
  /** What the release changes in each stack. @default 'code' */
  readonly change?: Change;
  /**
   * A release that is bad from a wave on: in the tenants of the waves before, its fault does not show. `errors`: share
   * of requests that fail, from 0 to 1. @default good
   */
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
  /** Functions of the release engine at the same time, and calls of them that were too many. */
  readonly concurrency: { readonly peak: number; readonly throttled: number };
  readonly costs: Costs;
  /** The largest record of a run or wave, in bytes. */
  readonly largestRecord: number;
  /** Tenants by what their stacks hold at the end. */
  readonly final: FinalStates;
  /** @default the release passed every gate */
  readonly halt?: SimulatedHalt;
}

/** Every tenant is in one of these. */
export interface FinalStates {
  /** They run the release, and its record says so. */
  readonly updated: number;
  /** They run what they ran before, and its record says so. */
  readonly unchanged: number;
  /** Their stacks hold something else than the record says: nobody would know. */
  readonly astray: number;
}

export interface SimulatedHalt {
  readonly wave: string;
  readonly gate: string;
  readonly reason: string;
  /** Tenants whose stacks the release has come to, good or bad. */
  readonly reached: number;
  /** Of them, those whose users met its fault. */
  readonly harmed: number;
  /** From the first tenant that met its fault to the halt, in seconds. */
  readonly detectedAfter: number;
  /** From the halt to the last tenant's return, in seconds. */
  readonly rolledBackAfter: number;
}

const RUN_ID = 'run-simulated';
const RELEASES = { before: 'a'.repeat(40), now: 'b'.repeat(40) } as const;
/** What CloudFormation says of a function whose alarm rang while CodeDeploy moved its requests. */
const TAKEN_BACK =
  'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected';
const DIGESTS = { before: '0'.repeat(64), now: '1'.repeat(64) } as const;

/** Carries one release to a fleet in virtual time: the real plan, the real machine, the real cores, simulated clouds. */
export async function simulateRollout(options: RolloutOptions): Promise<SimulatedRollout> {
  const { manifest, make, seed = 1, change = 'code', bad, requestsPerSecond = 0.5 } = options;
  const { machine, resources } = make;
  const agenda = new Agenda();
  const chance = new Chance(seed);
  const before = planOf(manifest);
  const plans = new Map([
    [RELEASES.before, before],
    [RELEASES.now, withTemplate(before, DIGESTS.now)],
  ]);
  const waveOf = waveOfStacks(before);
  const order = manifest.rollout.waves.map(({ name }) => name);
  const badFrom = bad ? order.indexOf(bad.fromWave) : order.length;
  if (badFrom < 0)
    throw new SimulationError(`the fleet has no wave "${bad?.fromWave}"; it has ${order.join(', ')}`);
  const meetsFault = (stackName: string, templateUrl: string): boolean =>
    templateUrl.includes(DIGESTS.now) && (waveOf.get(stackName) ?? 0) >= badFrom;
  const toolchain = { account: manifest.toolchain.account, region: manifest.toolchain.region };
  const reached = new Set<string>();
  const harmed = new Set<string>();
  let harmedSince: number | undefined;
  const fleet = new SimulatedFleet({
    agenda,
    chance,
    resources,
    change,
    requestsPerSecond,
    toolchain,
    ...(bad
      ? {
          errorsOf: (stackName: string, templateUrl: string) =>
            meetsFault(stackName, templateUrl) ? bad.errors : 0,
        }
      : {}),
    fault: (stackName, templateUrl) => {
      if (templateUrl.includes(DIGESTS.now)) reached.add(stackName);
      if (!meetsFault(stackName, templateUrl)) return undefined;
      harmed.add(stackName);
      harmedSince ??= agenda.now;
      return chance.number() < takenBack(bad?.errors ?? 0, requestsPerSecond) ? TAKEN_BACK : undefined;
    },
  });
  const functions = new ReleaseFunctions(fleet, plans);
  const transitionLimit = fleet.limits.limit('states:StateTransition', toolchain);
  const startLimit = fleet.limits.limit('states:StartExecution', toolchain);
  let transitions = 0;
  const machinery: Machinery = {
    agenda,
    random: () => chance.number(),
    invoke: (resource, payload) => functions.invoke(machine.functionOf(resource), payload),
    readItems: (_, parameters) => functions.objects.get((parameters as { Key: string }).Key) ?? [],
    transition: () => {
      transitions += 1;
      return transitionLimit.reserve(agenda.now);
    },
    startChild: () => startLimit.reserve(agenda.now),
  };
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
    concurrency: { peak: functions.load.peak, throttled: functions.load.throttled },
    costs: costsOf({
      transitions,
      calls: functions.invocations,
      pipelineSeconds: seconds,
      apis: fleet.limits.loads(),
      objects: functions.objects.size,
    }),
    largestRecord: fleet.table.largest,
    final: await finalStates(fleet, before),
    ...(halt
      ? {
          halt: haltOf(halt, {
            since: harmedSince ?? 0,
            until: seconds,
            epoch: fleet.epoch,
            reached: reached.size,
            harmed: harmed.size,
          }),
        }
      : {}),
  };
}

/** Planned once: many releases are simulated to the same fleet. */
const planned = new WeakMap<Manifest, ReleasePlan>();

/** Of the release that the fleet has. */
function planOf(manifest: Manifest): ReleasePlan {
  const known = planned.get(manifest);
  if (known) return known;
  const made = releasePlanSchema.parse(
    plannedRelease(manifest, ({ id }) => ({
      templateDigest: DIGESTS.before,
      parameters: { DeploymentId: id },
    })),
  );
  planned.set(manifest, made);
  return made;
}

function withTemplate(plan: ReleasePlan, templateDigest: string): ReleasePlan {
  const waves = plan.waves.map(({ deployments, ...wave }) => ({
    ...wave,
    deployments: deployments.map((deployment) => ({ ...deployment, templateDigest })),
  }));
  return { ...plan, waves };
}

/** Index of the wave by stack. */
function waveOfStacks({ waves }: ReleasePlan): ReadonlyMap<string, number> {
  return new Map(
    waves.flatMap(({ deployments }, index) =>
      deployments.map(({ stackName }): [string, number] => [stackName, index]),
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

async function finalStates(fleet: SimulatedFleet, { waves }: ReleasePlan): Promise<FinalStates> {
  const deployments = waves.flatMap((wave) => wave.deployments);
  const recorded = new Map(
    (await fleet.versions(deployments.map(({ deploymentId }) => deploymentId))).map((version) => [
      version.deploymentId,
      version.templateDigest,
    ]),
  );
  const final = { updated: 0, unchanged: 0, astray: 0 };
  for (const { deploymentId, stackName } of deployments) {
    const digest = recorded.get(deploymentId) ?? '';
    if (!fleet.templateOf(stackName)?.templateUrl.includes(digest)) final.astray += 1;
    else if (digest === DIGESTS.now) final.updated += 1;
    else final.unchanged += 1;
  }
  return final;
}

interface HaltFacts {
  readonly since: number;
  readonly until: number;
  readonly epoch: Date;
  readonly reached: number;
  readonly harmed: number;
}

function haltOf(
  { wave, gate, reason, at }: Halt,
  { since, until, epoch, reached, harmed }: HaltFacts,
): SimulatedHalt {
  const halted = (new Date(at).getTime() - epoch.getTime()) / 1000;
  return {
    wave,
    gate,
    reason,
    reached,
    harmed,
    detectedAfter: Math.max(0, halted - since),
    rolledBackAfter: until - halted,
  };
}
