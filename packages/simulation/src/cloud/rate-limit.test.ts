import fc from 'fast-check';
import { RateLimit } from './rate-limit';

test('whatever the calls, no window lets more through than the burst and what the rate adds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 300 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 40 }),
      (gaps, perSecond, burst) => {
        const limit = new RateLimit({ perSecond, burst });
        let now = 0;
        const admitted: number[] = [];
        for (const gap of gaps) {
          now += gap / 1000;
          if (limit.admit(now)) admitted.push(now);
        }
        for (const [first, from] of admitted.entries())
          for (let last = first; last < admitted.length; last += 1)
            expect(last - first + 1).toBeLessThanOrEqual(
              burst + perSecond * ((admitted[last] as number) - from) + 1e-6,
            );
        expect(limit.admitted + limit.refused).toBe(gaps.length);
      },
    ),
  );
});

test('a call that waits is served when its token is there', () => {
  const limit = new RateLimit({ perSecond: 0.5, burst: 1 });
  expect([limit.reserve(0), limit.reserve(0), limit.reserve(0)]).toEqual([0, 2, 4]);
});
