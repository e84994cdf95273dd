import { releaseOrders, rollbackProposal } from './release-orders';

const by = { by: 'kim@granary.example.com', reason: 'the canary is red', at: '2026-11-28T12:00:00.000Z' };

test.each([
  ['under way', { status: 'running', kind: 'release' }, ['halt', 'abandon']],
  ['under way and ordered to halt', { status: 'running', kind: 'release', haltOrdered: by }, ['abandon']],
  ['halted', { status: 'halted', kind: 'release' }, ['resume', 'abandon', 'roll-back']],
  ['done', { status: 'succeeded', kind: 'release' }, ['roll-back']],
  ['superseded', { status: 'superseded', kind: 'release' }, []],
] as const)('a release that is %s takes these orders', (_, release, orders) => {
  expect(releaseOrders(release)).toEqual(orders);
});

const HALT = {
  wave: 'canary',
  gate: 'canary' as const,
  reason: 'red',
  at: by.at,
  failed: [],
  rolledBackTotal: 2,
};
const back = (deploymentId: string, to?: string) => ({
  ...{ deploymentId, from: 'bad', result: 'succeeded' as const },
  ...(to === undefined ? {} : { to }),
});

test.each([
  ['goes well', {}, { target: 'all' }],
  [
    'halted and went back',
    { halt: { ...HALT, rolledBack: [back('acme', 'good'), back('new')] } },
    { target: 'all', to: 'good' },
  ],
  [
    'halted, each deployment back at its own',
    { halt: { ...HALT, rolledBack: [back('acme', 'good'), back('initech', 'older')] } },
    { target: 'wave', id: 'canary' },
  ],
  ['halted, nothing back', { halt: { ...HALT, rolledBack: [] } }, { target: 'wave', id: 'canary' }],
])('of a release that %s a rollback is proposed that takes nothing further back', (_, release, proposal) => {
  expect(rollbackProposal(release)).toEqual(proposal);
});
