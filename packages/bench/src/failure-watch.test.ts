import { FailureWatch } from './failure-watch';

test('it tells how many requests failed, and when the first and the last did', async () => {
  let asked = 0;
  let third: () => void = () => undefined;
  const asks = new Promise<void>((resolve) => {
    third = resolve;
  });
  const watch = new FailureWatch(async () => {
    asked += 1;
    if (asked === 3) third();
    if (asked < 3) throw new Error('no');
  }, new AbortController().signal);
  const before = Date.now();
  await asks;
  const seen = await watch.stop();
  expect(seen).toMatchObject({ requests: 3, failed: 2 });
  expect(seen.firstFailedAt).toBeLessThanOrEqual(seen.lastFailedAt ?? 0);
  expect(seen.firstFailedAt).toBeGreaterThanOrEqual(before);
});
