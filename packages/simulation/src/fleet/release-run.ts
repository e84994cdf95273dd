import {
  begunRun,
  type DeployOrder,
  type HaltCause,
  haltWave,
  type LookDependencies,
  look,
  openWave,
  type ReleasePlan,
  Runs,
  settleWave,
  stepOrder,
  type Version,
  versionsOf,
  waveOrders,
} from '@granary/release';
import { Concurrency } from '../cloud/concurrency';
import { LAMBDA_CONCURRENCY } from '../cloud/published-rates';
import type { Fault, Invoked } from '../machine/machinery';
import { SimulationError } from '../simulation-error';
import type { SimulatedFleet } from './simulated-fleet';

/** As Lambda answers when too many functions run. */
const TOO_MANY: Invoked = {
  seconds: 0,
  fault: { error: 'Lambda.TooManyRequestsException', cause: 'Rate Exceeded.' },
};

type WaveName = { readonly runId: string; readonly release: string; readonly wave: string };

/** How long one call of a function takes, in seconds. */
export const FUNCTION_SECONDS = {
  'release-deployer': 0.6,
  'release-wave': 1,
  'release-orders': 2,
  'release-observer': 4,
} as const;
/** Of memory that a function is billed by. */
export const FUNCTION_GB = 0.5;

/** The functions of the release engine over a simulated fleet: the real cores, other ports. */
export class ReleaseFunctions {
  private readonly runs: Runs;
  /** Objects of the versions bucket that machines read. */
  readonly objects = new Map<string, readonly DeployOrder[]>();
  private readonly calls = new Map<string, number>();
  private readonly concurrency = new Concurrency(LAMBDA_CONCURRENCY.value);

  constructor(
    private readonly fleet: SimulatedFleet,
    private readonly plans: ReadonlyMap<string, ReleasePlan>,
  ) {
    this.runs = new Runs(fleet.table);
  }

  /** Calls by function. */
  get invocations(): ReadonlyMap<string, number> {
    return this.calls;
  }

  /** The most functions that ran at the same time, and calls that were too many. */
  get load(): { readonly peak: number; readonly throttled: number } {
    return this.concurrency;
  }

  /** One call of a function, at the moment that it begins. */
  async invoke(name: string, payload: unknown): Promise<Invoked> {
    const seconds = FUNCTION_SECONDS[name as keyof typeof FUNCTION_SECONDS];
    if (seconds === undefined)
      throw new SimulationError(`function "${name}" of the machine is not simulated`);
    if (!this.concurrency.begin(name, this.fleet.agenda.now, seconds)) return TOO_MANY;
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    try {
      return { seconds, result: await this.act(name, payload) };
    } catch (error) {
      return { seconds, fault: faultOf(error) };
    }
  }

  private act(name: string, payload: unknown): Promise<unknown> {
    if (name !== 'release-deployer') return this.gate(name, payload);
    const { order, progress } = payload as {
      order: DeployOrder;
      progress?: Parameters<typeof stepOrder>[1] | null;
    };
    return stepOrder(order, progress ?? undefined, this.fleet.deployer);
  }

  private async gate(name: string, payload: unknown): Promise<unknown> {
    const { fleet } = this;
    const { action, runId, release, wave, cause } = payload as WaveName & {
      action?: string;
      cause?: HaltCause;
    };
    const of: WaveName = { runId, release, wave };
    const shared = {
      runs: this.runs,
      readPlan: async (commit: string) => this.planOf(commit),
      versionsOf: (id: string): Promise<readonly Version[]> => versionsOf(fleet.table, id),
      begunRun: (id: string) => begunRun(fleet.table, id),
      storeOrders: async (key: string, orders: readonly DeployOrder[]) => {
        this.objects.set(key, orders);
      },
      now: fleet.date,
    };
    switch (`${name} ${action ?? ''}`.trim()) {
      case 'release-orders':
        return this.write(of);
      case 'release-wave open':
        return openWave(of, shared);
      case 'release-wave halt':
        if (!cause) throw new SimulationError('a wave cannot halt without a cause');
        return haltWave(of, cause, shared);
      case 'release-wave settle':
        return settleWave(of, shared);
      case 'release-observer look':
        return look(of, { ...shared, ...this.watching() });
      default:
        throw new SimulationError(`call "${action}" of function "${name}" is not simulated`);
    }
  }

  private write(name: WaveName): object {
    const { orders, maxConcurrency, tolerated } = waveOrders(this.planOf(name.release), name);
    const key = `waves/${name.runId}/${name.wave}.json`;
    this.objects.set(key, orders);
    return { bucket: 'versions', key, count: orders.length, maxConcurrency, tolerated };
  }

  private watching(): Pick<LookDependencies, 'versions' | 'reasonOf' | 'cells' | 'secondsPerMinute'> {
    const { fleet } = this;
    return {
      versions: fleet.versions,
      reasonOf: async (id) => (await versionsOf(fleet.table, id))[0]?.reason,
      cells: fleet.cells,
      secondsPerMinute: async () => 60,
    };
  }

  private planOf(release: string): ReleasePlan {
    const plan = this.plans.get(release);
    if (plan) return plan;
    throw new SimulationError(`there is no plan of release "${release}"`);
  }
}

/** As Lambda hands an error to the state machine; a fault of the simulation is none of the simulated functions'. */
function faultOf(error: unknown): Fault {
  if (error instanceof SimulationError || !(error instanceof Error)) throw error;
  return { error: error.name, cause: error.message };
}
