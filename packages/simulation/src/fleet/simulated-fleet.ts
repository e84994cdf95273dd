import {
  currentVersions,
  type DeployerDependencies,
  type DeployOrder,
  type ReleasePlan,
  storeVersion,
  type Version,
} from '@granary/release';
import type { Agenda } from '../clock/agenda';
import type { Chance } from '../clock/chance';
import { ApiLimits, type Place } from '../cloud/api-limits';
import { type Behaviour, SimulatedCells } from '../cloud/simulated-cells';
import { SimulatedStacks, type StackFault } from '../cloud/simulated-stacks';
import { SimulatedTable } from '../cloud/simulated-table';
import type { ChangeKind, ResourceCounts } from '../cloud/stack-work';

export interface SimulatedFleetOptions {
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly resources: ResourceCounts;
  readonly change: Extract<ChangeKind, 'code' | 'api'>;
  /** How a template behaves in a stack. */
  readonly behaviourOf: (stackName: string, templateUrl: string) => Behaviour;
  /** @default no update fails */
  readonly fault?: StackFault;
  /** Requests a second of a tenant's own users. */
  readonly requestsPerSecond: number;
}

/** The moment that virtual time begins at. */
const EPOCH = new Date('2026-01-01T00:00:00.000Z');
/** Alarms of a tenant's stack that the gate asks for. */
const ALARMS = ['server-errors', 'faults', 'slow'] as const;

/** The accounts of a fleet, the control plane's answers, the release engine's table: everything outside its functions. */
export class SimulatedFleet {
  readonly limits: ApiLimits;
  readonly table = new SimulatedTable();
  readonly cells: SimulatedCells;
  readonly deployer: DeployerDependencies;
  private readonly places = new Map<string, SimulatedStacks>();
  private readonly placeOf = new Map<string, string>();
  private nonces = 0;

  constructor(private readonly options: SimulatedFleetOptions) {
    const { agenda, chance, requestsPerSecond } = options;
    this.limits = new ApiLimits(agenda);
    const random = () => chance.number();
    this.cells = new SimulatedCells({
      limits: this.limits,
      random,
      requestsPerSecond,
      now: () => agenda.now,
      epoch: EPOCH,
      behaviourOf: (stackName) => options.behaviourOf(stackName, this.templateOf(stackName) ?? ''),
    });
    this.deployer = {
      stacksIn: (place) => this.stacksIn(place),
      table: this.table,
      invoke: async (payload) => ({ ok: true, payload: onboarded(payload) }),
      fetch: answering,
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
    const asked = new Set(deploymentIds);
    return (await currentVersions(this.table)).filter(({ deploymentId }) => asked.has(deploymentId));
  };

  /** The template that a stack has now. */
  templateOf(stackName: string): string | undefined {
    return this.places.get(this.placeOf.get(stackName) ?? '')?.templateOf(stackName);
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
        this.placeOf.set(stackName, keyOf(deployment));
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

  private stacksIn(place: Place): SimulatedStacks {
    const key = keyOf(place);
    const known = this.places.get(key);
    if (known) return known;
    const { agenda, chance, resources, change, fault } = this.options;
    const made = new SimulatedStacks({
      place,
      agenda,
      limits: this.limits,
      random: () => chance.number(),
      resources,
      change,
      ...(fault ? { fault } : {}),
      outputsOf: stackOutputs,
    });
    this.places.set(key, made);
    return made;
  }
}

function keyOf({ account, region }: Place): string {
  return `${account}/${region}`;
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

/** Every route answers as it must: what a bad release does is seen by its gate, not by its smoke test. */
const answering: typeof fetch = async (input) =>
  new Response('{}', { status: String(input).includes('/health/') ? 200 : 401 });
