import { releaseOrders } from './release-orders';

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
