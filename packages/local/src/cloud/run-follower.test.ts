import type { RunEvent } from '../pipeline/run-event';
import { RunFollower } from './run-follower';

const ended = (runId: string): RunEvent => ({
  ...{ type: 'run-ended', runId, at: '', commit: 'c', milliseconds: 1 },
  outcome: { status: 'succeeded' },
});
const mutated = (runId: string, next: string): RunEvent => ({
  type: 'pipeline-mutated',
  runId,
  next,
  at: '',
});
const started = (runId: string): RunEvent => ({ type: 'stage-started', runId, stage: 's', at: '' });

test('a release is followed through its restarts to its end', () => {
  const follower = new RunFollower('1');
  const verdicts = [started('1'), started('9'), mutated('1', '2'), ended('1'), started('2'), ended('2')].map(
    (event) => follower.accept(event),
  );
  expect(verdicts).toEqual(['mine', 'not-mine', 'mine', 'mine', 'mine', 'last']);
});
