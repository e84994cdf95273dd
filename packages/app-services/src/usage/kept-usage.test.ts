import { keptUsage } from './kept-usage';
import type { UsageReading } from './usage-source';

const READING: UsageReading = {
  throttle: { burst: 5, rate: 2 },
  quota: { requestsPerDay: 10 },
  used: 4,
};

function setting(capacity?: number) {
  const asked: string[] = [];
  const clock = { now: 1_000_000 };
  const gateway: { answer: () => Promise<UsageReading | undefined> } = { answer: async () => READING };
  const usageOf = keptUsage({
    source: (keyId, day) => {
      asked.push(`${keyId} ${day}`);
      return gateway.answer();
    },
    now: () => clock.now,
    ...(capacity ? { capacity } : {}),
  });
  return { asked, clock, gateway, usageOf };
}

const DAY = '2026-01-31';

it('asks once for all who want the same key within five seconds', async () => {
  const { asked, clock, usageOf } = setting();
  const [one, other] = await Promise.all([usageOf('k1', DAY), usageOf('k1', DAY)]);
  clock.now += 4_999;
  expect(await usageOf('k1', DAY)).toEqual({ reading: READING, at: 1_000_000 });
  expect(one).toEqual(other);
  expect(asked).toEqual(['k1 2026-01-31']);
  clock.now += 1;
  await usageOf('k1', DAY);
  expect(asked).toHaveLength(2);
});

it('never answers one key or day with the reading of another', async () => {
  const { asked, usageOf } = setting();
  await usageOf('k1', DAY);
  await usageOf('k2', DAY);
  await usageOf('k1', '2026-02-01');
  expect(asked).toEqual(['k1 2026-01-31', 'k2 2026-01-31', 'k1 2026-02-01']);
});

it('keeps neither a failure nor the answer that the key is on no plan', async () => {
  const { asked, gateway, usageOf } = setting();
  gateway.answer = async () => Promise.reject(new Error('busy'));
  await expect(usageOf('k1', DAY)).rejects.toThrow('busy');
  gateway.answer = async () => undefined;
  expect(await usageOf('k1', DAY)).toBeUndefined();
  gateway.answer = async () => READING;
  expect(await usageOf('k1', DAY)).toMatchObject({ reading: READING });
  expect(asked).toHaveLength(3);
});

it('keeps a bounded number of readings', async () => {
  const { asked, usageOf } = setting(2);
  for (const key of ['k1', 'k2', 'k3', 'k3', 'k2', 'k1']) await usageOf(key, DAY);
  expect(asked.map((place) => place.slice(0, 2))).toEqual(['k1', 'k2', 'k3', 'k1']);
});
