import { retryContended } from './retry-contended';

const MET = new Error('met another');
const met = (error: unknown) => error === MET;

/** Work that fails so often first, with the waits in between. */
function work(failures: number, error: Error = MET) {
  const waits: number[] = [];
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    if (attempts <= failures) throw error;
    return attempts;
  };
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  return { attempt, wait, waits, attempts: () => attempts };
}

it('work that meets others is done again, after waits of chance that grow up to half a second', async () => {
  const { attempt, wait, waits } = work(9);
  await expect(retryContended(attempt, { met, tries: 12, wait })).resolves.toBe(10);
  expect(waits).toHaveLength(9);
  for (const [index, waited] of waits.entries()) {
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(waited).toBeLessThanOrEqual(Math.min(50 * 2 ** index, 500));
  }
});

it('it is not done for ever: what the last try met is thrown', async () => {
  const { attempt, wait, waits, attempts } = work(99);
  await expect(retryContended(attempt, { met, wait })).rejects.toBe(MET);
  expect([attempts(), waits.length]).toEqual([6, 5]);
});

it('any other failure ends it at once', async () => {
  const other = new Error('no network');
  const { attempt, wait, attempts } = work(99, other);
  await expect(retryContended(attempt, { met, wait })).rejects.toBe(other);
  expect(attempts()).toBe(1);
});
