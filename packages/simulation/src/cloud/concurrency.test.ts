import fc from 'fast-check';
import { Concurrency } from './concurrency';

test('no more run at the same time than the limit, and what is let in is what fits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ gap: fc.integer({ min: 0, max: 5 }), kind: fc.constantFrom('short', 'long') }), {
        maxLength: 200,
      }),
      fc.integer({ min: 1, max: 8 }),
      (calls, limit) => {
        const concurrency = new Concurrency(limit);
        const seconds = { short: 3, long: 11 } as const;
        const running: number[] = [];
        let now = 0;
        let most = 0;
        for (const { gap, kind } of calls) {
          now += gap;
          const open = running.filter((end) => end > now).length;
          expect(concurrency.begin(kind, now, seconds[kind])).toBe(open < limit);
          if (open >= limit) continue;
          running.push(now + seconds[kind]);
          most = Math.max(most, open + 1);
        }
        expect(concurrency.peak).toBe(most);
        expect(concurrency.throttled).toBe(calls.length - running.length);
      },
    ),
  );
});
