import { releaseControl } from '../control/release-control';
import { ReleaseInMemory } from '../testing/release-in-memory';
import { sampleDeployment, samplePlan } from '../testing/sample-plan';

const RUN = { runId: 'run-1', release: 'aaaaaaaa' };
const SAID = {
  by: { kind: 'operator', userName: 'ops', role: 'SystemAdmin' },
  reason: 'left in May',
} as const;
const PRESENT = [
  'pipeline',
  'release',
  'code-us-east-1',
  'pool-us',
  'acme',
  'gone-silo',
  'gone-pool',
  'handmade',
];

let engine: ReleaseInMemory;
beforeEach(async () => {
  const before = samplePlan();
  engine = new ReleaseInMemory({
    ...before,
    removals: [sampleDeployment('gone-silo')],
    pools: [...before.pools, sampleDeployment('gone-pool', 'pool')],
  });
  // The engine deploys what a plan names; this run's own plan no longer has the two that left.
  engine.plans.set(`plans/${RUN.release}.json`, before);
  for (const id of ['pool-us', 'acme', 'gone-pool']) await engine.deploy(id, RUN);
  const silo = engine.plan.removals[0];
  if (silo) engine.plan.pools.push(silo);
  await engine.deploy('gone-silo', RUN);
  await engine.arrive({ ...RUN, wave: 'pools' }, []);
});

function control<Answer>(command: Parameters<typeof releaseControl>[0], answer?: object): Promise<Answer> {
  return releaseControl(command, {
    ...engine.controlDependencies(),
    askInspector: async () =>
      answer ?? { stacks: PRESENT.map((id) => ({ stackName: `granary-${id}`, status: 'CREATE_COMPLETE' })) },
  }) as Promise<Answer>;
}

test('stacks that no entry owns are orphans; the platform’s own are not', async () => {
  const { orphans } = await control<{ orphans: { stackName: string }[] }>({ command: 'listOrphans' });
  expect(orphans.map(({ stackName }) => stackName)).toEqual([
    'granary-gone-pool',
    'granary-gone-silo',
    'granary-handmade',
  ]);
});

test.each([
  ['granary-acme', 'is no orphan; there is granary-gone-pool'],
  ['granary-gone-pool', "is a pool's"],
  ['granary-handmade', 'was never recorded'],
])('%s is not deleted: it %s', async (stackName, reason) => {
  await expect(control({ command: 'deleteOrphan', stackName, ...SAID })).rejects.toThrow(reason);
  expect(engine.deletions).toEqual([]);
});

test('a silo that left is deleted by an order that asks for its purge receipt', async () => {
  await control({ command: 'deleteOrphan', stackName: 'granary-gone-silo', ...SAID });
  expect(engine.deletions).toMatchObject([{ deploymentId: 'gone-silo', purpose: 'delete', kind: 'silo' }]);
});

test('an inspection says in which ways somebody changed a stack by hand', async () => {
  const { changes } = await control<{ changes: string[] }>(
    { command: 'inspect', deploymentId: 'acme' },
    {
      stack: { status: 'UPDATE_COMPLETE', templateDigest: 'ffff', parameters: {} },
      changed: [{ logicalId: 'Table', type: 'AWS::DynamoDB::Table', change: 'modified' }],
    },
  );
  expect(changes).toEqual(['its template is ffff, not aaaaaaaa', 'AWS::DynamoDB::Table Table was modified']);
});
