import type { AlarmObservation, CanaryReport } from '../gate/observation';
import type { Cells, WatchedDeployment } from '../observer/deployment-watch';

/** Cells whose alarms and canaries do what a test says. */
export class FakeCells implements Cells {
  /** Names of alarms that are red. */
  readonly red = new Set<string>();
  /** Deployments whose canaries fail at every request. */
  readonly broken = new Set<string>();
  /** Deployments whose account does not answer. */
  readonly unreachable = new Set<string>();
  /** Flows that the canaries were asked for, by deployment. */
  readonly flows = new Map<string, number>();

  async alarms(through: WatchedDeployment, names: readonly string[]) {
    this.reach(through);
    return new Map(
      names
        .filter((name) => this.red.has(name))
        .map((name): [string, AlarmObservation['state']] => [name, 'ALARM']),
    );
  }

  async canary(deployment: WatchedDeployment, flows: number): Promise<CanaryReport> {
    this.reach(deployment);
    const { deploymentId } = deployment;
    this.flows.set(deploymentId, (this.flows.get(deploymentId) ?? 0) + flows);
    const requests = flows * 4;
    if (!this.broken.has(deploymentId)) return { requests, failed: 0, failures: [], slowest: 20 };
    return {
      requests,
      failed: requests,
      failures: [{ operation: 'createProduct', reason: '500' }],
      slowest: 20,
    };
  }

  async counts(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }

  private reach({ deploymentId }: WatchedDeployment): void {
    if (this.unreachable.has(deploymentId)) throw new Error('the account does not answer');
  }
}
