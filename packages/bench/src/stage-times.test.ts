import type { RunEvent } from '@granary/local';
import { describePhases, stageTimes } from './stage-times';

const event = (second: number, more: object): RunEvent =>
  ({
    runId: 'one',
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    ...more,
  }) as unknown as RunEvent;

test('a stage takes from the end of the one before it to its own end', () => {
  const stages = stageTimes([
    event(0, { type: 'run-queued' }),
    event(1, { type: 'stage-started', stage: 'Source' }),
    event(2, { type: 'stage-ended', stage: 'Source' }),
    event(4, { type: 'action-ended', action: 'Synth' }),
    event(9, { type: 'stage-ended', stage: 'Build' }),
  ]);
  expect(stages).toEqual([
    { name: 'Source', milliseconds: 2000 },
    { name: 'Build', milliseconds: 7000 },
  ]);
  expect(describePhases(stages)).toBe('Source 2.0 s, Build 7.0 s');
});

test('without a release there are no stages', () => {
  expect(stageTimes([])).toEqual([]);
});
