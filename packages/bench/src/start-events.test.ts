import { readStart } from './start-events';

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

test('the stages of a release are found among its events', () => {
  const lines = [
    release({ type: 'run-queued', at: '2026-01-01T00:00:00.000Z' }),
    release({ type: 'stage-ended', stage: 'Source', at: '2026-01-01T00:00:02.000Z' }),
  ];
  expect(readStart(lines).stages).toEqual([{ name: 'Source', milliseconds: 2000 }]);
});
