import { stepOrder } from '../deployer/deployer';
import { FakeStacks } from '../testing/fake-stacks';
import { ORDER } from '../testing/order-run';
import { ReleaseInMemory } from '../testing/release-in-memory';
import { samplePlan } from '../testing/sample-plan';
import { haltWave } from './halt-wave';
import { openWave } from './open-wave';

const BEFORE = { runId: 'run-1', release: 'aaaaaaaa' };
const RUN = { runId: 'run-2', release: 'bbbbbbbb' };
const CANARY = { ...RUN, wave: 'canary' };

let engine: ReleaseInMemory;
beforeEach(async () => {
  engine = new ReleaseInMemory(samplePlan('distributed'));
  for (const id of ['acme', 'globex']) await engine.deploy(id, BEFORE);
  await openWave(CANARY, engine.dependencies());
});

/** The first step of an order, and no more: the map has stopped its child. */
function begin(order: Partial<typeof ORDER>) {
  const unasked = () => Promise.reject(new Error('the first step asks for nothing'));
  return stepOrder({ ...ORDER, ...order }, undefined, {
    stacksIn: () => new FakeStacks(),
    table: engine.table,
    invoke: unasked,
    fetch: unasked,
    now: engine.now,
    random: () => 0.5,
    urlOf: (key) => key,
  });
}

async function rolledBack(): Promise<readonly string[]> {
  const { rollback } = await haltWave(
    CANARY,
    { gate: 'deployment', reason: 'it failed' },
    engine.dependencies(),
  );
  return (engine.orders.get(rollback.key) ?? []).map(({ deploymentId }) => deploymentId);
}

test('a deployment whose order had begun when the map stopped goes back too, though it has no version', async () => {
  await engine.deploy('acme', { ...RUN, result: 'failed' });
  await begin({ ...CANARY, deploymentId: 'globex' });
  await expect(rolledBack()).resolves.toEqual(['acme', 'globex']);
});

test('an order of an earlier run, or one that takes back, brings no deployment into the rollback', async () => {
  await engine.deploy('acme', { ...RUN, result: 'failed' });
  await begin({ ...CANARY, ...BEFORE, deploymentId: 'globex' });
  await begin({ ...CANARY, deploymentId: 'globex', purpose: 'rollback' });
  await expect(rolledBack()).resolves.toEqual(['acme']);
});
