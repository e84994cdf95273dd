import { planGroups, waveLines } from './plan-lines';

test('a plan shows first what goes, then what comes, then what changes', () => {
  const groups = planGroups([
    { deploymentId: 'acme', change: 'template', from: 'aaaa', to: 'bbbb' },
    { deploymentId: 'globex', change: 'added', to: 'canary' },
    { deploymentId: 'initech', change: 'leaving', from: 'everyone' },
    { deploymentId: 'umbrella', change: 'template', from: 'aaaa', to: 'bbbb' },
  ]);
  expect(groups).toEqual([
    { change: 'leaving', lines: [{ sign: '-', deploymentId: 'initech', from: 'everyone' }] },
    { change: 'added', lines: [{ sign: '+', deploymentId: 'globex', to: 'canary' }] },
    {
      change: 'template',
      lines: [
        { sign: '~', deploymentId: 'acme', from: 'aaaa', to: 'bbbb' },
        { sign: '~', deploymentId: 'umbrella', from: 'aaaa', to: 'bbbb' },
      ],
    },
  ]);
});

test('a plan without a change has no group', () => {
  expect(planGroups([])).toEqual([]);
});

const wave = (name: string, more = {}) => ({
  ...{ name, deployments: 1, bakeMinutes: 10, minimumSamples: 50, approval: false },
  ...more,
});

test('a plan marks the waves that come, go, or bake and wait otherwise than before', () => {
  const [canary, early, everyone] = [wave('canary'), wave('early'), wave('everyone', { approval: true })];
  expect(
    waveLines(
      [wave('canary', { deployments: 7 }), early, everyone],
      [canary, wave('everyone'), wave('late')],
    ),
  ).toEqual([
    { sign: '=', wave: wave('canary', { deployments: 7 }) },
    { sign: '+', wave: early },
    { sign: '~', wave: everyone, before: wave('everyone') },
    { sign: '-', wave: wave('late') },
  ]);
});

test('the waves of a first release are no change of anything', () => {
  expect(waveLines([wave('canary')]).map(({ sign }) => sign)).toEqual(['=']);
});
