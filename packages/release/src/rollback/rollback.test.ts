import { releaseControl } from '../control/release-control';
import type { DeployOrder } from '../deployer/deploy-order';
import { waveOrders } from '../deployer/wave-orders';
import { ReleaseInMemory } from '../testing/release-in-memory';
import { samplePlan } from '../testing/sample-plan';
import { openWave } from '../wave/open-wave';

const GOOD = { runId: 'run-1', release: 'aaaaaaaa' };
const NEXT = { runId: 'run-2', release: 'bbbbbbbb' };
const SAID = {
  by: { kind: 'operator', userName: 'ops', role: 'SystemAdmin' },
  reason: 'slow lists',
} as const;
const WAVES = { pools: ['pool-us'], canary: ['acme', 'globex'], everyone: ['initech'] };

interface Fleet {
  readonly latest: string;
  readonly deployments: readonly {
    readonly version: { readonly deploymentId: string };
    readonly state: string;
  }[];
}

let engine: ReleaseInMemory;
beforeEach(async () => {
  engine = new ReleaseInMemory(samplePlan());
  for (const run of [GOOD, NEXT]) await release(run);
});

async function release(run: typeof GOOD): Promise<void> {
  for (const [wave, ids] of Object.entries(WAVES)) {
    await engine.arrive({ ...run, wave }, ids);
    await engine.bake({ ...run, wave });
  }
  engine.pass(1);
}

function control<Answer>(command: Parameters<typeof releaseControl>[0]): Promise<Answer> {
  return releaseControl(command, engine.controlDependencies()) as Promise<Answer>;
}

/** What the machine of a rollback does, up to the gate. */
async function deployWave(runId: string, wave: string): Promise<readonly DeployOrder[]> {
  const name = { runId, release: runId, wave };
  const opened = await openWave(name, engine.dependencies());
  expect(opened.next).toBe('deploy');
  const plan = engine.plans.get(`plans/${runId}.json`);
  if (!plan) throw new Error('the rollback stored no plan');
  const { orders } = waveOrders(plan, name);
  for (const { deploymentId, release: to } of orders)
    await engine.deploy(deploymentId, {
      runId,
      release: to,
      wave,
      mode: 'distributed',
      result: 'rolled-back',
    });
  return orders;
}

async function states(): Promise<Readonly<Record<string, string>>> {
  const { deployments } = await control<Fleet>({ command: 'fleet' });
  return Object.fromEntries(deployments.map(({ version, state }) => [version.deploymentId, state]));
}

test('a tenant that is rolled back passes the gates of its wave, is behind, and comes along with the next release', async () => {
  const { run, changes } = await control<{ run: { runId: string }; changes: object[] }>({
    command: 'rollback',
    target: 'tenant',
    id: 'acme',
    ...SAID,
  });
  expect(changes).toEqual([{ deploymentId: 'acme', wave: 'canary', from: 'bbbbbbbb', to: 'aaaaaaaa' }]);
  expect(engine.started).toEqual([{ runId: run.runId, release: run.runId, waves: [{ name: 'canary' }] }]);
  const orders = await deployWave(run.runId, 'canary');
  expect(orders).toMatchObject([{ deploymentId: 'acme', release: 'aaaaaaaa', purpose: 'rollback' }]);
  const began = engine.now().getTime();
  await expect(engine.bake({ runId: run.runId, release: run.runId, wave: 'canary' })).resolves.toMatchObject({
    kind: 'pass',
  });
  expect(engine.now().getTime() - began).toBe(60 * 60_000);
  await expect(engine.runs.get(run.runId)).resolves.toMatchObject({
    status: 'succeeded',
    rollback: { target: 'tenant', id: 'acme', by: 'ops', reason: 'slow lists' },
  });
  expect(await states()).toEqual({
    acme: 'behind',
    globex: 'current',
    initech: 'current',
    'pool-us': 'current',
  });
  await release({ runId: 'run-3', release: 'cccccccc' });
  expect((await states()).acme).toBe('current');
});

test('a rollback whose canary fails halts, and its tenant has again what it had', async () => {
  const { run } = await control<{ run: { runId: string } }>({
    command: 'rollback',
    target: 'tenant',
    id: 'acme',
    ...SAID,
  });
  await deployWave(run.runId, 'canary');
  engine.cells.broken.add('acme');
  const name = { runId: run.runId, release: run.runId, wave: 'canary' };
  const verdict = await engine.bake(name);
  if (verdict.kind !== 'halt') throw new Error('the rollback did not halt');
  await engine.halt(name, verdict);
  await expect(engine.runs.get(run.runId)).resolves.toMatchObject({
    status: 'halted',
    halt: { rolledBack: [{ deploymentId: 'acme', from: 'aaaaaaaa', to: 'bbbbbbbb', result: 'succeeded' }] },
  });
  await control({ command: 'resume', runId: run.runId, mode: 'all', ...SAID });
  expect(engine.started.at(-1)?.waves).toEqual([{ name: 'canary' }]);
});

test('an alarm that rings because of what is taken away does not stop the rollback, unless it rings to the end', async () => {
  engine.cells.red.add('acme-faults');
  const { run } = await control<{ run: { runId: string } }>({
    command: 'rollback',
    target: 'wave',
    id: 'canary',
    ...SAID,
  });
  await deployWave(run.runId, 'canary');
  const name = { runId: run.runId, release: run.runId, wave: 'canary' };
  await expect(engine.look(name)).resolves.toMatchObject({ verdict: { kind: 'bake' } });
  await expect(engine.bake(name)).resolves.toMatchObject({
    kind: 'halt',
    gate: 'alarm',
    deploymentId: 'acme',
  });
});

test('while a run is under way nothing is rolled back, and the refusal is written down', async () => {
  await engine.arrive({ runId: 'run-3', release: 'cccccccc', wave: 'pools' }, ['pool-us']);
  await expect(control({ command: 'rollback', target: 'all', ...SAID })).rejects.toThrow(
    '"run-3" is under way',
  );
  const { entries } = await control<{ entries: object[] }>({ command: 'listAudit', limit: 5 });
  expect(entries).toMatchObject([{ action: 'release.rollback', subject: 'all', result: 'refused' }]);
});
