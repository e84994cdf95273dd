import { startFigures } from './start';

test('what no phase of the start holds is told apart, and the release is broken down by its stages', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  const lines = [
    { type: 'phase-ended', phase: 'cloud', milliseconds: 8000 },
    { type: 'release', event: { type: 'run-queued', runId: 'one', at: at(0) } },
    { type: 'release', event: { type: 'stage-ended', runId: 'one', stage: 'Build', at: at(7) } },
    { type: 'phase-ended', phase: 'release', milliseconds: 9000 },
  ].map((event) => JSON.stringify(event));
  const figures = startFigures('first start', { milliseconds: 20_000, lines }, 240, 'fresh clone');
  expect(figures).toEqual([
    { what: 'first start', value: 20, unit: 's', aim: 240, note: 'fresh clone' },
    expect.objectContaining({ what: 'first start: around', value: 3 }),
    expect.objectContaining({ what: 'first start: cloud', value: 8 }),
    expect.objectContaining({ what: 'first start: release', value: 9, note: 'Build 7.0 s' }),
  ]);
});
