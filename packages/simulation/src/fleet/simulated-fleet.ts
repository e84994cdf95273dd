import {
  currentKey,
  type DeployerDependencies,
  type DeployOrder,
  type ReleasePlan,
  storeVersion,
  type Version,
  versionOf,
} from '@granary/release';
import type { Agenda } from '../clock/agenda';
import type { Chance } from '../clock/chance';
import { ApiLimits } from '../cloud/api-limits';
import { type Place, PlaceMap } from '../cloud/place';
import { SimulatedCells } from '../cloud/simulated-cells';
import { SimulatedStacks, type StackFault } from '../cloud/simulated-stacks';
import { SimulatedTable } from '../cloud/simulated-table';
import { type Change, type ResourceCounts, StackWork } from '../cloud/stack-work';

export interface SimulatedFleetOptions {
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly resources: ResourceCounts;
  readonly change: Change;
  /** Share of requests that a template fails in a stack, from 0 to 1. @default none does */
  readonly errorsOf?: (stackName: string, templateUrl: string) => number;
  readonly fault: StackFault;
  /** Where the release engine runs. */
  readonly toolchain: Place;
  /** Requests a second of a tenant's own users. */
  readonly requestsPerSecond: number;
}

/** The moment that virtual time begins at. */
const EPOCH = new Date('2026-01-01T00:00:00.000Z');
/** Of a session of the deployer in a cell. */
const SESSION_SECONDS = 3600;
/** Environments of the deployer that each open their own session, at most: those that run at the same time. */
const ENVIRONMENTS = 50;
/** Alarms of a tenant's stack that the gate asks for. */
const ALARMS = ['server-errors', 'faults', 'slow'] as const;

/** The accounts of a fleet, the control plane's answers, the release engine's table: everything outside its functions. */
export class SimulatedFleet {
  readonly limits: ApiLimits;
  readonly table = new SimulatedTable(({ deploymentId }) => this.parsed.delete(String(deploymentId)));
  readonly cells: SimulatedCells;
  readonly deployer: DeployerDependencies;
  readonly agenda: Agenda;
  readonly toolchain: Place;
  private readonly work: StackWork;
  /** Current versions by deployment, each until another takes its place. */
  private readonly parsed = new Map<string, Version>();
  private readonly places = new PlaceMap<SimulatedStacks>();
  private readonly placeOf = new Map<string, SimulatedStacks>();
  private nonces = 0;

  constructor(private readonly options: SimulatedFleetOptions) {
    const { agenda, chance, requestsPerSecond, toolchain, errorsOf } = options;
    this.agenda = agenda;
    this.toolchain = toolchain;
    this.limits = new ApiLimits(agenda);
    this.work = new StackWork(options.resources);
    const random = () => chance.number();
    this.cells = new SimulatedCells({
      limits: this.limits,
      random,
      requestsPerSecond,
      now: () => agenda.now,
      epoch: EPOCH,
      toolchain,
      ...(errorsOf
        ? {
            behaviourOf: (stackName: string) => {
              const { templateUrl = '', since = 0 } = this.templateOf(stackName) ?? {};
              const errors = errorsOf(stackName, templateUrl);
              return errors > 0 ? { errors, since } : undefined;
            },
          }
        : {}),
    });
    this.deployer = {
      stacksIn: (place) => this.enter(place),
      table: this.table,
      invoke: async (payload) => ({ ok: true, payload: onboarded(payload) }),
      fetch: answering,
      // Virtual time ends no real request.
      deadline: () => NEVER,
      now: this.date,
      random,
      urlOf: (key) => key,
      newNonce: () => {
        this.nonces += 1;
        return `n${this.nonces}`;
      },
    };
  }

  /** The moment that virtual time begins at. */
  readonly epoch = EPOCH;

  /** Virtual time as a date. */
  readonly date = (): Date => new Date(EPOCH.getTime() + Math.round(this.options.agenda.now * 1000));

  /** What the deployments run. */
  readonly versions = async (deploymentIds: readonly string[]): Promise<readonly Version[]> => {
    const found: Version[] = [];
    for (const id of deploymentIds) {
      const version = this.parsed.get(id) ?? this.read(id);
      if (version) found.push(version);
    }
    return found;
  };

  private read(deploymentId: string): Version | undefined {
    const item = this.table.peek(currentKey(deploymentId));
    if (!item) return undefined;
    const version = versionOf(item);
    this.parsed.set(deploymentId, version);
    return version;
  }

  /** The template that a stack has now, and since when, in seconds. */
  templateOf(stackName: string): { readonly templateUrl: string; readonly since: number } | undefined {
    return this.placeOf.get(stackName)?.templateOf(stackName);
  }

  /** Puts the whole fleet on a release that was made before virtual time began. */
  async install(plan: ReleasePlan, release: string): Promise<void> {
    const deployedAt = new Date(EPOCH.getTime() - 86_400_000).toISOString();
    for (const { name: wave, deployments } of plan.waves)
      for (const deployment of deployments) {
        const {
          deploymentId,
          kind,
          account,
          region,
          stackName,
          templateDigest = '',
          parameters,
          tenant,
        } = deployment;
        const stacks = this.stacksIn(deployment);
        stacks.existing(stackName, `templates/${templateDigest}.json`, parameters);
        this.placeOf.set(stackName, stacks);
        const version: Version = {
          ...{ deploymentId, kind, account, region, stackName, release, templateDigest, parameters, wave },
          runId: 'run-before',
          mode: 'distributed',
          deployedAt,
          result: 'succeeded',
          outputs: outputsFor(stackName),
          ...(tenant ? { tenant } : {}),
        };
        await storeVersion(this.table, version, true);
      }
  }

  /** As the deploy role of a place. */
  private enter(place: Place): SimulatedStacks {
    const stacks = this.stacksIn(place);
    const { now } = this.agenda;
    if (stacks.sessionEnds <= now) {
      stacks.sessionEnds = now + SESSION_SECONDS;
      this.limits.queue('sts:AssumeRole', this.toolchain, ENVIRONMENTS);
    }
    return stacks;
  }

  private stacksIn(place: Place): SimulatedStacks {
    const known = this.places.get(place);
    if (known) return known;
    const { agenda, chance, change, fault } = this.options;
    const made = new SimulatedStacks({
      place: { account: place.account, region: place.region },
      agenda,
      limits: this.limits,
      random: () => chance.number(),
      work: this.work,
      change,
      fault,
      outputsOf: stackOutputs,
    });
    this.places.set(place, made);
    return made;
  }
}

function outputsFor(stackName: string): Version['outputs'] {
  return {
    apiUrl: 'https://api.invalid/',
    watchRoleArn: `arn:role/${stackName}`,
    canaryFunctionArn: `arn:canary/${stackName}`,
    alarmNames: ALARMS.map((alarm) => `${stackName}/${alarm}`),
  };
}

function stackOutputs(stackName: string): Readonly<Record<string, string>> {
  return {
    ApiUrl: 'https://api.invalid/',
    UserPoolId: 'pool',
    UserPoolClientId: 'client',
    ProvisioningRoleArn: 'arn:role',
    DataRoleArn: 'arn:role',
    TenantRoleName: 'tenant',
    TenantRowTables: 'products=products,orders=orders',
    TenantTableName: 'tenants',
    UsagePlanIds: 'platinum=plan',
    WatchRoleArn: `arn:role/${stackName}`,
    CanaryFunctionArn: `arn:canary/${stackName}`,
    AlarmNames: ALARMS.map((alarm) => `${stackName}/${alarm}`).join(','),
  };
}

/** The control plane's answer to a registration or to the question how far it is. */
function onboarded(payload: object): object {
  const { deploymentId, check, release } = payload as Partial<DeployOrder> & { check?: string };
  return {
    deploymentId: deploymentId ?? check ?? '',
    release: release ?? '',
    tenant: { status: 'active', steps: [] },
  };
}

const NEVER = new AbortController().signal;

/** Without a body: nobody reads one, and one answer serves all. */
const FINE = new Response(null, { status: 200 });
const REFUSED = new Response(null, { status: 401 });

/** Every route answers as it must: what a bad release does is seen by its gate, not by its smoke test. */
const answering: typeof fetch = async (input) => (String(input).includes('/health/') ? FINE : REFUSED);
