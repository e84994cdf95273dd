import { ToyCloud } from '../testing/toy-cloud';

jest.setTimeout(180_000);

const STEPS = ['first', 'asked', 'last'];

let cloud: ToyCloud;
beforeAll(async () => {
  cloud = await ToyCloud.start({ persist: true });
});
afterAll(() => cloud.close());

type Begun = { readonly tenantId: string; readonly operationId: string };
let tenants = 0;

async function begin(faults: object = {}): Promise<Begun> {
  tenants += 1;
  const tenantId = `hooli-${tenants}`;
  const { operationId } = await cloud.toy('begin', { tenantId, faults });
  return { tenantId, operationId };
}

const attempts = ({ steps }: { steps: { attempts: number }[] }) => steps.map((step) => step.attempts);
const reasons = ({ steps }: { steps: { reason?: string }[] }) => steps.map(({ reason }) => reason);

test('a wait that takes too long fails with its reason; a retry waits anew, and an answer ends it', async () => {
  const begun = await begin();
  const failed = await cloud.until(begun, 'failed');
  expect(failed.operation.steps[1]).toMatchObject({ status: 'failed', reason: 'wait-timed-out' });
  expect(failed.made).toEqual(['asked', 'first']);
  await cloud.toy('retry', begun);
  await cloud.until(begun, 'waiting');
  expect(await cloud.toy('resume', begun)).toBe(true);
  const { operation, made } = await cloud.until(begun, 'succeeded');
  expect(made).toEqual(['asked', 'first', 'last']);
  expect(attempts(operation)).toEqual([1, 2, 1]);
});

test('an operation that is cancelled is undone in reverse, and nothing stays', async () => {
  const begun = await begin();
  await cloud.until(begun, 'failed');
  await cloud.toy('cancel', begun);
  const { operation, made } = await cloud.until(begun, 'compensated');
  expect(made).toEqual([]);
  expect(operation.steps.map(({ status }: { status: string }) => status)).toEqual([
    'undone',
    'undone',
    'pending',
  ]);
  const [first, asked] = operation.steps;
  expect(Date.parse(first.endedAt)).toBeGreaterThanOrEqual(Date.parse(asked.endedAt));
});

test('a function that fails, is throttled or out of time at each step is called again, and all is made once', async () => {
  const befallen = async (fault: string) => {
    const begun = await begin(Object.fromEntries(STEPS.map((step) => [step, fault])));
    await cloud.until(begun, 'waiting');
    await cloud.toy('resume', begun);
    const { operation, made } = await cloud.until(begun, 'succeeded');
    return { fault, made, attempts: attempts(operation), reasons: reasons(operation) };
  };
  const faults = ['error', 'throttle', 'timeout'];
  expect(await Promise.all(faults.map(befallen))).toEqual(
    faults.map((fault) => ({
      fault,
      made: ['asked', 'first', 'last'],
      attempts: [2, 2, 2],
      reasons: [undefined, undefined, undefined],
    })),
  );
});

test.each(['stop', 'kill'] as const)(
  'a %s of the engine in the middle of a step or a wait loses the execution; a retry goes on, and all is made once',
  async (how) => {
    const [first, asked, last] = await Promise.all(STEPS.map((step) => begin({ [step]: 'hold' })));
    const waiting = await begin();
    await cloud.until(last as Begun, 'waiting');
    await cloud.toy('resume', last as Begun);
    const busy = [first, asked, last] as Begun[];
    await Promise.all(busy.map((each, index) => held(each, STEPS[index] as string)));
    await cloud.until(waiting, 'waiting');
    await cloud.restart(how);
    for (const [index, each] of busy.entries())
      await cloud.toy('lift', { ...each, faults: { [STEPS[index] as string]: 'hold' } });
    for (const each of [...busy, waiting]) await cloud.toy('retry', each);
    for (const each of [...busy.slice(0, 2), waiting]) {
      await cloud.until(each, 'waiting');
      await cloud.toy('resume', each);
    }
    for (const each of [...busy, waiting]) {
      const { operation, made } = await cloud.until(each, 'succeeded');
      expect(made).toEqual(['asked', 'first', 'last']);
      expect(operation.run).toBe(2);
    }
  },
);

/** Waits until a step has made its thing and hangs. */
async function held(begun: Begun, step: string): Promise<void> {
  for (;;) {
    const { operation, made } = await cloud.toy('read', begun);
    const { status } = operation.steps[STEPS.indexOf(step)];
    if (status === 'running' && made.includes(step)) return;
  }
}
