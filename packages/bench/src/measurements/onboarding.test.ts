import { meetsAim } from '../figure';
import { onboardingFigures } from './onboarding';

const registered = (count: number, milliseconds: number, outcome = 'succeeded') =>
  Array.from({ length: count }, (_, index) => ({
    tenantId: `tenant-${index}`,
    outcome,
    milliseconds,
    repeats: 0,
  }));

test('times are told for one at a time and for many, beside the rate and what was lost', () => {
  const runs = { alone: registered(40, 500), together: registered(200, 9000), minutes: 0.5, lost: 0 };
  const figures = onboardingFigures(runs);
  expect(figures.map(({ value, unit }) => [value, unit])).toEqual([
    [500, 'ms'],
    [500, 'ms'],
    [9000, 'ms'],
    [9000, 'ms'],
    [400, 'tenants/min'],
    [0, 'requests'],
    [0, 'tenants'],
  ]);
  expect(meetsAim(onboardingFigures({ ...runs, lost: 1 }).at(-1) as never)).toBe(false);
});

test('a registration that failed is no figure', () => {
  const failed = registered(1, 10, 'failed: provision: busy');
  expect(() => onboardingFigures({ alone: failed, together: [], minutes: 1, lost: 0 })).toThrow(
    '"tenant-0": failed: provision: busy',
  );
});
