import * as fc from 'fast-check';
import { samplePlan } from '../testing/sample-plan';
import type { Version } from '../version/version';
import { planRollback } from './plan-rollback';

const PLAN = samplePlan();
const WAVE_OF: Readonly<Record<string, string>> = {
  'pool-us': 'pools',
  acme: 'canary',
  globex: 'canary',
  initech: 'everyone',
};
const RELEASES = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];

function version(deploymentId: string, release: string, minute: number, result: Version['result']): Version {
  return {
    deploymentId,
    kind: deploymentId === 'pool-us' ? 'pool' : 'silo',
    account: '222222222222',
    region: 'us-east-1',
    stackName: `granary-${deploymentId}`,
    release,
    templateDigest: `digest-${release}`,
    parameters: { DeploymentId: deploymentId },
    wave: WAVE_OF[deploymentId] ?? '',
    runId: `run-${minute}`,
    mode: 'pipeline',
    deployedAt: new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString(),
    result,
    outputs: { alarmNames: [] },
  };
}

const historyOf = (id: string) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...RELEASES),
        fc.constantFrom<Version['result']>('succeeded', 'failed', 'rolled-back'),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((entries) =>
      entries.map(([release, result], minute) => version(id, release, minute, result)).reverse(),
    );

const fleet = fc
  .tuple(...Object.keys(WAVE_OF).map((id) => historyOf(id).map((history) => [id, history] as const)))
  .map((entries) => new Map<string, readonly Version[]>(entries));

const requests = fc.oneof(
  fc.record({ target: fc.constant('tenant' as const), id: fc.constantFrom(...Object.keys(WAVE_OF)) }),
  fc.record({ target: fc.constant('wave' as const), id: fc.constantFrom('pools', 'canary', 'everyone') }),
  fc.record({ target: fc.constant('all' as const) }),
);

test('whatever the history, each deployment asked for goes to a version that it had, or is kept with a reason', () => {
  void fc.assert(
    fc.property(
      fleet,
      requests,
      fc.option(fc.constantFrom(...RELEASES), { nil: undefined }),
      (versions, request, to) => {
        const current = [...versions.values()].flatMap(([newest]) => newest ?? []);
        const asked = Object.keys(WAVE_OF).filter(
          (id) =>
            request.target === 'all' ||
            (request.target === 'tenant' ? request.id === id : request.id === WAVE_OF[id]),
        );
        let planned: ReturnType<typeof planRollback>;
        try {
          planned = planRollback({ request: { ...request, to }, plan: PLAN, current, versions });
        } catch (error) {
          expect((error as Error).name).toBe('ReleaseStateError');
          return;
        }
        const ids = [...planned.changes, ...planned.kept].map(({ deploymentId }) => deploymentId);
        expect([...ids].sort()).toEqual([...asked].sort());
        const waves = planned.plan.waves;
        const order = ['pools', 'canary', 'everyone'];
        expect(waves.map(({ name }) => order.indexOf(name))).toEqual(
          waves.map(({ name }) => order.indexOf(name)).sort(),
        );
        expect(waves.map(({ index }) => index)).toEqual(waves.map((_, index) => index));
        for (const { name, deployments, bakeMinutes } of waves) {
          expect(bakeMinutes).toBe(name === 'everyone' ? 15 : 60);
          for (const { deploymentId, release, templateDigest } of deployments) {
            expect(WAVE_OF[deploymentId]).toBe(name);
            expect(release).not.toBe(current.find((each) => each.deploymentId === deploymentId)?.release);
            if (to) expect(release).toBe(to);
            expect(templateDigest).toBe(`digest-${release}`);
            expect(
              versions
                .get(deploymentId)
                ?.some((each) => each.release === release && each.result !== 'failed'),
            ).toBe(true);
          }
        }
      },
    ),
  );
});

test('a second rollback goes further back, not forward again', () => {
  const [first, second, third] = RELEASES as [string, string, string];
  const history = [
    version('acme', second, 4, 'rolled-back'),
    version('acme', third, 3, 'succeeded'),
    version('acme', second, 2, 'succeeded'),
    version('acme', first, 1, 'succeeded'),
  ];
  const { changes } = planRollback({
    request: { target: 'tenant', id: 'acme' },
    plan: PLAN,
    current: history.slice(0, 1),
    versions: new Map([['acme', history]]),
  });
  expect(changes).toEqual([{ deploymentId: 'acme', wave: 'canary', from: second, to: first }]);
});

test.each([
  [{ target: 'tenant', id: 'nobody' }, 'no deployment "nobody" has a version; there is acme'],
  [{ target: 'wave', id: 'early' }, 'no wave with deployments "early" has a version; there is canary'],
  [{ target: 'all' }, '"acme" has no earlier version'],
  [{ target: 'all', to: 'fffffff' }, '"acme" never had release "fffffff"'],
  [{ target: 'all', to: 'aaaaaaa' }, '"acme" runs aaaaaaaa already'],
] as const)('%j is refused with what there is', (request, message) => {
  const history = [version('acme', 'aaaaaaaa', 1, 'succeeded')];
  expect(() =>
    planRollback({ request, plan: PLAN, current: history, versions: new Map([['acme', history]]) }),
  ).toThrow(message);
});
