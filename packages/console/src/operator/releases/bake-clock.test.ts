import { bakeClock } from './bake-clock';

const WAVE = {
  status: 'baking',
  startedAt: '2026-11-28T12:00:00.000Z',
  bakeEndsAt: '2026-11-28T12:10:00.000Z',
} as const;
const at = (time: string) => Date.parse(`2026-11-28T${time}.000Z`);

test('a bake runs from the start of its wave to its end', () => {
  expect(bakeClock(WAVE, at('12:05:00'))).toEqual({ phase: 'baking', percent: 50, secondsLeft: 300 });
});

test('a gate that lacks samples waits longer, and says until when', () => {
  const extended = { ...WAVE, extendedUntil: '2026-11-28T12:20:00.000Z' };
  expect(bakeClock(extended, at('12:15:00'))).toEqual({ phase: 'extended', percent: 50, secondsLeft: 300 });
});

test('a bake whose time is over waits for its gate to look', () => {
  expect(bakeClock(WAVE, at('12:10:07'))).toEqual({ phase: 'late', secondsOver: 7 });
});

test.each(['waiting', 'deploying', 'passed', 'halted'] as const)(
  'a wave that is %s has no clock',
  (status) => {
    expect(bakeClock({ ...WAVE, status }, at('12:05:00'))).toEqual({ phase: 'none' });
  },
);
