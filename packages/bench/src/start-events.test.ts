import { readStart } from './start-events';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const release = (event: object) => JSON.stringify({ type: 'release', event: { runId: 'one', ...event } });

test('phases are as the start reported them, npm and other lines are passed over', () => {
  const lines = [
    '> granary@0.0.0 start',
    '',
    '{"type":"phase-started","phase":"check"}',
    '{"type":"phase-ended","phase":"check","milliseconds":70}',
    '{not json',
    '{"type":"phase-ended","phase":"cloud","milliseconds":8000}',
  ];
  expect(readStart(lines)).toEqual({
    phases: [
      { name: 'check', milliseconds: 70 },
      { name: 'cloud', milliseconds: 8000 },
    ],
    stages: [],
  });
});

test('a stage takes from the end of the one before it to its own end', () => {
  const lines = [
    release({ type: 'run-queued', at: at(0) }),
    release({ type: 'stage-started', stage: 'Source', at: at(1) }),
    release({ type: 'stage-ended', stage: 'Source', at: at(2) }),
    release({ type: 'action-ended', action: 'Synth', at: at(4) }),
    release({ type: 'stage-ended', stage: 'Build', at: at(9) }),
  ];
  expect(readStart(lines).stages).toEqual([
    { name: 'Source', milliseconds: 2000 },
    { name: 'Build', milliseconds: 7000 },
  ]);
});

test('a start that released nothing has no stages', () => {
  expect(readStart([])).toEqual({ phases: [], stages: [] });
});
