import type { RunEvent } from '@granary/local';
import { actionsInParallel } from './actions-in-parallel';

const action = (type: 'action-started' | 'action-ended', stage: string, name: string) =>
  ({ type, stage, action: name, at: '2026-11-28T12:00:00.000Z', runId: 'r' }) as unknown as RunEvent;

test('each stage has the most actions that ran in it at one moment', () => {
  const events = [
    action('action-started', 'Pools', 'a'),
    action('action-started', 'Pools', 'b'),
    action('action-ended', 'Pools', 'a'),
    action('action-started', 'Pools', 'c'),
    action('action-ended', 'Pools', 'b'),
    action('action-ended', 'Pools', 'c'),
    action('action-started', 'Wave', 'd'),
    action('action-ended', 'Wave', 'd'),
  ];
  expect([...actionsInParallel(events)]).toEqual([
    ['Pools', 2],
    ['Wave', 1],
  ]);
});
