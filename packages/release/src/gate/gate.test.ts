import fc from 'fast-check';
import { bakeTime, waitSeconds } from './bake-time';
import { type GateInput, judge } from './gate';
import { GATE_DECISIONS, SEEN } from './gate.decisions';
import { canarySample, flowsPerLook } from './sample';
import type { DeploymentWatch } from './watch';
import { lookAgain, samplesOf } from './watch-wave';

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);

const SETTINGS: GateInput['settings'] = {
  tolerate: 0,
  minimumSamples: 100,
  alarms: { onRed: 'halt', insufficientData: 'ignore', blockEntry: true },
  bakeEndsAt: at('13:00'),
  extendedUntil: at('14:00'),
};

test.each(GATE_DECISIONS)(
  '$name: $verdict',
  ({ at: time, acme, globex, failed, settings, verdict, gate, tells }) => {
    const judged = judge({
      settings: { ...SETTINGS, ...settings },
      watch: { acme: SEEN(acme), globex: SEEN(globex) },
      failed: failed ?? [],
      now: at(time),
    });
    expect(judged).toMatchObject({ kind: verdict, ...(gate ? { gate } : {}) });
    expect(judged.reason).toContain(tells);
  },
);

const watchOf = fc.dictionary(
  fc.constantFrom('acme', 'globex', 'initech'),
  fc.record({
    requests: fc.nat(500),
    failed: fc.nat(5),
    counted: fc.nat(500),
    failures: fc.constant<DeploymentWatch['failures']>([]),
    missed: fc.nat(4),
    red: fc.subarray(['Faults', 'Slow']),
    silent: fc.constant<string[]>([]),
  }),
);

test('a wave with a red alarm never passes, whatever else was seen and whenever', () => {
  fc.assert(
    fc.property(watchOf, fc.nat(240), (watch, minutes) => {
      const now = new Date(at('12:00').getTime() + minutes * 60_000);
      const red = { ...watch, umbrella: SEEN({ red: ['Faults'], requests: 1000 }) };
      expect(judge({ settings: SETTINGS, watch: red, failed: [], now }).kind).toBe('halt');
    }),
  );
});

test('once patience is up, a wave is never baked any longer', () => {
  fc.assert(
    fc.property(watchOf, (watch) => {
      expect(judge({ settings: SETTINGS, watch, failed: [], now: at('14:00') }).kind).not.toBe('bake');
    }),
  );
});

test('requests of several looks add up, alarms are as they are now', () => {
  const report = { requests: 5, failed: 1, failures: [{ operation: 'signIn', reason: 'Error' }], slowest: 3 };
  const first = lookAgain({}, [
    { deploymentId: 'acme', alarms: [{ name: 'Slow', state: 'ALARM' }], canary: report },
  ]);
  const second = lookAgain(first, [
    { deploymentId: 'acme', alarms: [{ name: 'Slow', state: 'OK' }], canary: report, counted: 30 },
  ]);
  expect(second.acme).toMatchObject({ requests: 10, failed: 2, counted: 30, red: [], missed: 0 });
  expect(samplesOf(second)).toBe(30);
});

test('looks that fail are counted in a row only', () => {
  const missed = { deploymentId: 'acme', unwatched: 'timeout' };
  const twice = lookAgain(lookAgain({}, [missed]), [missed]);
  expect(twice.acme).toMatchObject({ missed: 2, missedFor: 'timeout' });
  expect(lookAgain(twice, [{ deploymentId: 'acme' }]).acme).toMatchObject({ missed: 0 });
});

test('a bake lasts its minutes, is extended by at least ten of them, and is never looked at more than a thousand times', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_080 }),
      fc.constantFrom(0.05, 1, 60),
      (bakeMinutes, secondsPerMinute) => {
        const startedAt = at('12:00');
        const time = bakeTime({ startedAt, bakeMinutes, secondsPerMinute });
        const bake = time.bakeEndsAt.getTime() - startedAt.getTime();
        expect(bake).toBe(Math.floor(Math.round(bakeMinutes * secondsPerMinute * 1e6) / 1000));
        expect(time.extendedUntil.getTime() - time.bakeEndsAt.getTime()).toBeGreaterThanOrEqual(
          Math.max(bake, 10 * secondsPerMinute * 1000, 60_000) - 1,
        );
        expect(bake / 1000 / time.tickSeconds).toBeLessThanOrEqual(1000);
        const wait = waitSeconds(time, startedAt);
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(wait).toBeLessThanOrEqual(Math.max(time.tickSeconds, 1));
      },
    ),
  );
});

test('a large wave is sampled: the same members throughout a run, others in another run', () => {
  const members = Array.from({ length: 1000 }, (_, index) => ({ deploymentId: `tenant-${index}` }));
  const sample = canarySample(members, 'run-1');
  expect(sample).toHaveLength(50);
  expect(canarySample([...members].reverse(), 'run-1')).toEqual(sample);
  expect(canarySample(members, 'run-2')).not.toEqual(sample);
  expect(canarySample(members.slice(0, 50), 'run-1')).toHaveLength(50);
});

test('the canaries make up for missing requests by the end of the bake, within their bounds', () => {
  const input = { missing: 100, looks: 5, deployments: 2, requestsPerFlow: 4, most: 25 };
  expect(flowsPerLook(input)).toBe(3);
  expect(flowsPerLook({ ...input, missing: 0 })).toBe(1);
  expect(flowsPerLook({ ...input, missing: 10_000 })).toBe(25);
});
