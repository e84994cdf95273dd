import type { RunEvent } from '@granary/local';
import { ReleaseWatch } from './release-watch';

const COMMIT = 'c0ffee00';
const ok = { status: 'succeeded' } as const;
const event = (more: object): RunEvent =>
  ({
    runId: 'one',
    commit: COMMIT,
    stage: 'Wave',
    at: '2026-01-01T00:00:00.000Z',
    ...more,
  }) as unknown as RunEvent;
const deployed = (name: string, summary: string) =>
  event({ type: 'action-ended', action: `${name}.granary-${name}.Deploy`, outcome: ok, summary });

const watch = (events: readonly RunEvent[]) => {
  const watched = new ReleaseWatch(COMMIT, () => 42);
  for (const each of events) watched.accept(each);
  return watched.ended;
};

test('tells when the release ended, which stacks it changed and how many actions ran at once', () =>
  expect(
    watch([
      event({ type: 'run-queued', runId: 'other', commit: 'another' }),
      event({ type: 'run-queued' }),
      event({ type: 'action-started', action: 'acme.Prepare' }),
      event({ type: 'action-ended', action: 'acme.Prepare', outcome: ok, summary: '3 changes' }),
      deployed('acme', 'UPDATE_COMPLETE'),
      deployed('globex', 'no changes'),
      event({ ...deployed('initech', 'UPDATE_COMPLETE'), runId: 'other' }),
      event({ type: 'stage-ended', outcome: ok }),
      event({ type: 'run-ended', outcome: ok }),
    ]),
  ).resolves.toEqual({
    endedAt: 42,
    changed: ['granary-acme'],
    stages: [{ name: 'Wave', milliseconds: 0 }],
    parallel: new Map([['Wave', 1]]),
  }));

test('a release that changes its pipeline ends with the run that takes over', () =>
  expect(
    watch([
      event({ type: 'run-queued' }),
      event({ type: 'pipeline-mutated', next: 'two' }),
      event({ type: 'run-ended', outcome: { status: 'superseded', reason: 'mutated' } }),
      { ...deployed('hooli', 'CREATE_COMPLETE'), runId: 'two' },
      event({ type: 'run-ended', runId: 'two', outcome: ok }),
    ]),
  ).resolves.toMatchObject({ changed: ['granary-hooli'] }));

test('a release that fails says why', () =>
  expect(
    watch([
      event({ type: 'run-queued' }),
      event({
        type: 'run-ended',
        outcome: { status: 'failed', reason: 'acme.Deploy: no', details: ['a', 'b'] },
      }),
    ]),
  ).rejects.toThrow('release of c0ffee00: failed: acme.Deploy: no\n  | a\n  | b'));
