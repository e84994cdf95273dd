import { begunRun } from '../deployer/begun-order';
import type { DeployOrder } from '../deployer/deploy-order';
import { type LookDependencies, look, type WaveName } from '../observer/look';
import { planKey, type ReleasePlan, releasePlanSchema } from '../plan/release-plan';
import type { StartedRollback } from '../rollback/begin-rollback';
import { Runs } from '../run/runs';
import type { Version } from '../version/version';
import { currentVersion, storeVersion, versionsOf } from '../version/versions';
import { type HaltCause, haltWave } from '../wave/halt-wave';
import { openWave } from '../wave/open-wave';
import { settleWave } from '../wave/settle-wave';
import { FakeCells } from './fake-cells';
import { MemoryReleaseTable } from './memory-release-table';

const MINUTE = 60_000;

/** The release engine over a table in memory, with a clock that a test moves. A minute of baking is a minute. */
export class ReleaseInMemory {
  readonly table = new MemoryReleaseTable();
  readonly runs = new Runs(this.table);
  readonly cells = new FakeCells();
  readonly orders = new Map<string, readonly DeployOrder[]>();
  readonly plans = new Map<string, ReleasePlan>();
  readonly started: StartedRollback[] = [];
  readonly deletions: DeployOrder[] = [];
  private made = 0;
  private time = Date.parse('2026-03-02T12:00:00.000Z');

  constructor(readonly plan: ReleasePlan) {}

  readonly now = (): Date => new Date(this.time);

  pass(minutes: number): void {
    this.time += minutes * MINUTE;
  }

  /** What a deployment did with a release. */
  async deploy(
    deploymentId: string,
    changes: Pick<Version, 'runId' | 'release'> & Partial<Version>,
  ): Promise<void> {
    const planned = [...this.plan.pools, ...this.plan.waves.flatMap(({ deployments }) => deployments)];
    const deployment = planned.find((each) => each.deploymentId === deploymentId);
    if (!deployment) throw new Error(`no deployment "${deploymentId}" in the plan`);
    const { kind, account, region, stackName } = deployment;
    this.pass(1);
    const version: Version = {
      deploymentId,
      kind,
      account,
      region,
      stackName,
      templateDigest: changes.release,
      parameters: {},
      wave: 'canary',
      mode: 'pipeline',
      deployedAt: this.now().toISOString(),
      result: 'succeeded',
      outputs: {
        watchRoleArn: `arn:aws:iam::${account}:role/${deploymentId}`,
        canaryFunctionArn: `arn:aws:lambda:${region}:${account}:function:${deploymentId}`,
        alarmNames: [`${deploymentId}-faults`],
      },
      ...changes,
    };
    await storeVersion(this.table, version, version.result !== 'failed');
  }

  /** Deploys a wave as the pipeline does, and opens its gate. */
  async arrive(name: WaveName, deploymentIds: readonly string[]) {
    for (const deploymentId of deploymentIds) await this.deploy(deploymentId, name);
    return openWave(name, this.dependencies());
  }

  look(name: WaveName) {
    return look(name, this.dependencies());
  }

  /** Looks until the gate has decided, as the wave machine does. */
  async bake(name: WaveName) {
    for (;;) {
      const seen = await this.look(name);
      if (seen.verdict.kind !== 'bake') return seen.verdict;
      this.pass(seen.waitSeconds / 60);
    }
  }

  /** Halts a wave and carries its rollback out, but for the deployments that cannot go back. */
  async halt(name: WaveName, cause: HaltCause, stuck: readonly string[] = []) {
    const { rollback } = await haltWave(name, cause, this.dependencies());
    for (const { deploymentId, release } of this.orders.get(rollback.key) ?? [])
      await this.deploy(deploymentId, {
        runId: name.runId,
        release,
        ...(stuck.includes(deploymentId)
          ? { result: 'failed' as const, reason: 'the stack is stuck' }
          : { result: 'rolled-back' as const }),
      });
    return settleWave(name, this.dependencies());
  }

  /** What the control function works on, with an inspector that sees nothing. */
  controlDependencies() {
    return {
      ...this.dependencies(),
      table: this.table,
      newId: () => {
        this.made += 1;
        return `made-${String(this.made).padStart(6, '0')}`;
      },
      storeObject: async (key: string, body: string) => {
        this.plans.set(key, releasePlanSchema.parse(JSON.parse(body)));
      },
      startRollback: async (input: StartedRollback) => {
        this.started.push(input);
      },
      startOrder: async (order: DeployOrder) => {
        this.deletions.push(order);
      },
      retryStage: async () => undefined,
      askInspector: async (): Promise<unknown> => ({ stacks: [] }),
      notesOf: async (): Promise<string | undefined> => undefined,
      approvals: async () => [],
      answerApproval: async () => undefined,
    };
  }

  dependencies() {
    const dependencies: LookDependencies = {
      runs: this.runs,
      readPlan: async (release) => this.plans.get(planKey(release)) ?? this.plan,
      versions: async (ids) =>
        (await Promise.all(ids.map((id) => currentVersion(this.table, id)))).filter(
          (each) => each !== undefined,
        ),
      reasonOf: async (id) => (await versionsOf(this.table, id))[0]?.reason,
      cells: this.cells,
      secondsPerMinute: async () => 60,
      now: this.now,
    };
    return {
      ...dependencies,
      versionsOf: (id: string) => versionsOf(this.table, id),
      begunRun: (id: string) => begunRun(this.table, id),
      storeOrders: async (key: string, orders: readonly DeployOrder[]) => {
        this.orders.set(key, orders);
      },
    };
  }
}
