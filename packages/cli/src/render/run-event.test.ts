import type { Outcome, RunEvent, RunRecord } from '@granary/local';
import { palette } from '../terminal';
import { eventLines, runLines } from './run-event';
import { NOTHING_RUNS, nextRunning, runningLine } from './running-actions';

const plain = palette(false);
const commit = '3f2a1c90aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const of = { runId: 'run-1', at: '2026-11-24T00:00:00.000Z' };
const FAILED: Outcome = { status: 'failed', reason: 'Build.Synth: exit code 1', details: ['no such file'] };
const action = (type: 'action-started' | 'action-ended', name: string, at = of.at): RunEvent =>
  type === 'action-started'
    ? { ...of, at, type, stage: 'Pools', action: name, provider: 'CloudFormation' }
    : { ...of, at, type, stage: 'Pools', action: name, outcome: { status: 'succeeded' }, milliseconds: 1500 };

test('an action that ended shows its outcome, its time and what it says of itself', () => {
  const event: RunEvent = {
    ...of,
    type: 'action-ended',
    stage: 'Pools',
    action: 'pool-us.Deploy',
    outcome: { status: 'succeeded' },
    summary: 'no changes',
    milliseconds: 1500,
  };
  expect(eventLines(event, plain).join('\n')).toMatch(/ok +pool-us\.Deploy +1\.5 s +no changes$/);
});

test('a release that failed shows why, and the last lines of what failed', () => {
  const lines = eventLines({ ...of, type: 'run-ended', commit, outcome: FAILED, milliseconds: 10 }, plain);
  expect(lines).toEqual(['release 3f2a1c90 failed: Build.Synth: exit code 1', '  | no such file']);
});

test('a run that self-mutation took over is no end of the release', () => {
  const outcome: Outcome = { status: 'superseded', reason: 'stage "UpdatePipeline" changed the pipeline' };
  expect(eventLines({ ...of, type: 'run-ended', commit, outcome, milliseconds: 1 }, plain)).toEqual([]);
});

test('an approval that waits shows the command that answers it', () => {
  const event: RunEvent = { ...of, type: 'approval-needed', stage: 'Wave-early', action: 'Approve' };
  expect(eventLines(event, plain).join('\n')).toContain('granary approve Wave-early.Approve');
});

test("what an action prints is for its log, not for the release's lines", () => {
  expect(
    eventLines({ ...of, type: 'action-output', stage: 'Build', action: 'Synth', line: 'noise' }, plain),
  ).toEqual([]);
});

test('the bottom line names the actions under way with the time of each, until the release ends', () => {
  const start = Date.parse(of.at);
  let running = nextRunning(NOTHING_RUNS, action('action-started', 'one'));
  running = nextRunning(running, action('action-started', 'two', '2026-11-24T00:00:01.000Z'));
  expect(runningLine(running, start + 2000)).toBe('    ... one 2.0 s, two 1.0 s');
  running = nextRunning(running, action('action-ended', 'one'));
  expect(runningLine(running, start + 2000)).toBe('    ... two 1.0 s');
  running = nextRunning(running, { ...of, type: 'run-ended', commit, outcome: FAILED, milliseconds: 1 });
  expect(runningLine(running, start)).toBe('');
});

test("a run's tree shows every stage and action with its state, and ends with the reason", () => {
  const run: RunRecord = {
    id: 'run-1',
    commit,
    subject: 'Add hooli',
    pipeline: 'granary-pipeline',
    queuedAt: of.at,
    startedAt: of.at,
    endedAt: '2026-11-24T00:00:03.000Z',
    state: FAILED,
    stages: [
      {
        name: 'Build',
        state: FAILED,
        startedAt: of.at,
        endedAt: '2026-11-24T00:00:03.000Z',
        actions: [{ name: 'Synth', provider: 'CodeBuild', state: FAILED, startedAt: of.at }],
      },
      { name: 'Assets', state: { status: 'pending' }, actions: [] },
    ],
  };
  const text = runLines(run, Date.parse(of.at) + 2000, plain).join('\n');
  expect(text).toMatch(/^release 3f2a1c90 {2}Add hooli\n {2}run run-1 {2}FAILED {2}3\.0 s/);
  expect(text).toMatch(/ Synth +FAILED +2\.0 s/);
  expect(text).toMatch(/ Assets +pending/);
  expect(text).toMatch(/Build\.Synth: exit code 1\n {2}\| no such file$/);
});
