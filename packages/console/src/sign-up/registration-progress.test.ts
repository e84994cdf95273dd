import { REGISTRATION_STATUSES } from '@granary/api';
import { pollAfter, shownSteps, stageOf } from './registration-progress';

test('a registration is asked for until nothing changes by itself', () => {
  const ended = REGISTRATION_STATUSES.filter((status) => pollAfter({ status }) === false);
  expect(ended).toEqual(['rejected', 'succeeded', 'compensated']);
  expect(pollAfter(undefined)).toBeGreaterThan(0);
});

test('one that waits for people is asked for less often than one at work', () => {
  const after = (status: (typeof REGISTRATION_STATUSES)[number]) => Number(pollAfter({ status }));
  expect(after('awaiting-approval')).toBeGreaterThan(after('waiting'));
  expect(after('waiting')).toBeGreaterThan(after('running'));
});

test('every status has its stage', () => {
  expect(REGISTRATION_STATUSES.map((status) => stageOf({ status }))).not.toContain(undefined);
});

test('steps that had nothing to do are not shown', () => {
  const steps = (['succeeded', 'skipped', 'running'] as const).map((status) => ({
    step: status,
    status,
    attempts: 1,
  }));
  expect(shownSteps(steps).map(({ step }) => step)).toEqual(['succeeded', 'running']);
});
