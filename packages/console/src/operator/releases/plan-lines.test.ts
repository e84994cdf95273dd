import { planGroups } from './plan-lines';

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
