import * as fc from 'fast-check';
import type { Invocation } from '../registration/registration';
import { type FakeCall, type FakeOutcome, FakeStacks } from '../testing/fake-stacks';
import { ORDER, runOrder, TEMPLATE_URL } from '../testing/order-run';
import { currentVersion } from '../version/versions';
import { MOST_ATTEMPTS } from './deploy-stack';

/** Statuses that a stack can be found in. */
const STATUSES = [
  'REVIEW_IN_PROGRESS',
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'CREATE_FAILED',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'DELETE_FAILED',
  'DELETE_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
  'CREATE_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
] as const;

test('a new deployment is made, tested, registered and recorded', async () => {
  const stacks = new FakeStacks();
  const { progress, versions, calls, phases } = await runOrder(ORDER, stacks);
  expect(progress.status).toBe('succeeded');
  expect(stacks.stack).toMatchObject({ status: 'CREATE_COMPLETE', templateUrl: TEMPLATE_URL });
  expect(phases).toEqual(['stack', 'smoke', 'registration', 'record']);
  expect(calls).toEqual([expect.objectContaining({ deploymentId: 'acme', release: ORDER.release })]);
  expect(versions).toEqual([
    expect.objectContaining({
      result: 'succeeded',
      mode: 'distributed',
      templateDigest: ORDER.templateDigest,
    }),
  ]);
});

test('a stack that is as ordered already is a success without a change', async () => {
  const stacks = new FakeStacks().found('UPDATE_COMPLETE', TEMPLATE_URL);
  const { progress, versions } = await runOrder(ORDER, stacks);
  expect(progress).toMatchObject({ status: 'succeeded', changed: false });
  expect(stacks.executed).toBe(0);
  expect(versions).toHaveLength(1);
});

test.each(STATUSES)('a stack that was left in %s is brought to the order', async (status) => {
  const stacks = new FakeStacks().found(status);
  const { progress } = await runOrder(ORDER, stacks);
  expect(progress.status).toBe('succeeded');
  expect(stacks.stack?.templateUrl).toBe(TEMPLATE_URL);
});

test('a stack that stays in progress is given up with the reason', async () => {
  const stacks = new FakeStacks({ looks: 100_000 }).found('UPDATE_IN_PROGRESS');
  const { progress, versions } = await runOrder(ORDER, stacks);
  expect(progress).toMatchObject({ status: 'failed' });
  expect(progress.reason).toMatch(/stack "granary-acme" is in UPDATE_IN_PROGRESS, for 7\d minutes now/);
  expect(versions).toEqual([expect.objectContaining({ result: 'failed', reason: progress.reason })]);
});

test('resources that are throttled are tried again, as often as the table of attempts says', async () => {
  const healed = new FakeStacks({ outcomes: ['throttled', 'rollback fails'] }).found('UPDATE_COMPLETE');
  expect((await runOrder(ORDER, healed)).progress).toMatchObject({ status: 'succeeded', attempt: 3 });
  const outcomes = Array<FakeOutcome>(20).fill('throttled');
  const throttled = new FakeStacks({ outcomes }).found('UPDATE_COMPLETE');
  const { progress } = await runOrder(ORDER, throttled);
  expect(progress).toMatchObject({ status: 'failed', attempt: MOST_ATTEMPTS });
  expect(progress.reason).toMatch(/Rate exceeded.*tried 4 times/);
});

test('a resource that is wrong is not tried again', async () => {
  const stacks = new FakeStacks({ outcomes: ['refused'] }).found('UPDATE_COMPLETE');
  const { progress, versions, table } = await runOrder(ORDER, stacks);
  expect(stacks.executed).toBe(1);
  expect(progress).toMatchObject({ status: 'failed', attempt: 1 });
  expect(progress.reason).toContain('the key schema is wrong');
  expect(versions).toEqual([expect.objectContaining({ result: 'failed' })]);
  // CloudFormation went back: what the stack holds is not this.
  expect(await currentVersion(table, 'acme')).toBeUndefined();
});

test('what would replace a table is refused by its name, and let through when that is confirmed', async () => {
  const changes = [
    { logicalId: 'Orders', type: 'AWS::DynamoDB::Table', action: 'Modify', replacement: 'True' },
  ] as const;
  const refused = new FakeStacks({ changes }).found('UPDATE_COMPLETE');
  const { progress } = await runOrder(ORDER, refused);
  expect(progress.status).toBe('failed');
  expect(progress.reason).toMatch(/Orders \(AWS::DynamoDB::Table, Modify\); confirm each by its name/);
  expect(refused.executed).toBe(0);
  const confirmed = new FakeStacks({ changes }).found('UPDATE_COMPLETE');
  const order = { ...ORDER, confirmedReplacements: ['Orders'] };
  expect((await runOrder(order, confirmed)).progress.status).toBe('succeeded');
});

test('going back may leave a table behind that stays, never delete one', async () => {
  const removal = (policy: string) => [
    { logicalId: 'Orders', type: 'AWS::DynamoDB::Table', action: 'Remove', policy } as const,
  ];
  const order = { ...ORDER, purpose: 'rollback' as const };
  const run = (policy: string) =>
    runOrder(order, new FakeStacks({ changes: removal(policy) }).found('UPDATE_COMPLETE'));
  const kept = await run('Retain');
  expect(kept.progress.status).toBe('succeeded');
  expect(kept.versions).toEqual([expect.objectContaining({ result: 'rolled-back' })]);
  expect((await run('Delete')).progress.status).toBe('failed');
});

test('a deployment that does not answer fails the order, and the record says that the stack holds it', async () => {
  const { progress, versions, table } = await runOrder(ORDER, new FakeStacks(), { health: 500 });
  expect(progress.status).toBe('failed');
  expect(versions).toEqual([
    expect.objectContaining({
      result: 'failed',
      reason: expect.stringContaining('/health/product answered 500'),
    }),
  ]);
  expect(await currentVersion(table, 'acme')).toMatchObject({ result: 'failed' });
});

test('a tenant that cannot be onboarded fails the order with the control plane’s reason', async () => {
  const { progress } = await runOrder(ORDER, new FakeStacks(), {
    invoke: async () => ({ ok: false, errorType: 'DeploymentConflictError', message: 'the id is taken' }),
  });
  expect(progress).toMatchObject({ status: 'failed', reason: expect.stringContaining('the id is taken') });
});

test('a stack goes away once the control plane holds the purge receipt, not before', async () => {
  const order = { ...ORDER, purpose: 'delete' as const };
  const kept = new FakeStacks().found('UPDATE_COMPLETE');
  const without = await runOrder(order, kept, {
    invoke: async () => ({ ok: true, payload: { deploymentId: 'acme' } }),
  });
  expect(without.progress).toMatchObject({ status: 'failed' });
  expect(without.progress.reason).toMatch(/no purge receipt of tenant "acme"/);
  expect(kept.deletions).toBe(0);
  const purged = new FakeStacks().found('UPDATE_COMPLETE');
  const { progress, versions, calls } = await runOrder(order, purged);
  expect(progress.status).toBe('succeeded');
  expect(purged.stack?.status).toBe('DELETE_COMPLETE');
  expect(calls).toEqual([{ receipt: 'acme' }, { retire: 'acme', deletedAt: expect.any(String) }]);
  expect(versions).toEqual([expect.objectContaining({ result: 'deleted' })]);
});

test('a stack that is gone is found so by each later release, and recorded once', async () => {
  const order = { ...ORDER, purpose: 'delete' as const };
  const stacks = new FakeStacks().found('UPDATE_COMPLETE');
  const { table } = await runOrder(order, stacks);
  const again = await runOrder({ ...order, runId: 'run-2' }, stacks, { table });
  expect(again.progress.status).toBe('succeeded');
  expect(again.versions).toEqual([expect.objectContaining({ result: 'deleted', runId: 'run-1' })]);
  expect(stacks.deletions).toBe(1);
});

test('the record of a deleted stack waits until the control plane lists it no more', async () => {
  const order = { ...ORDER, purpose: 'delete' as const };
  let asked = 0;
  const invoke = async (payload: object): Promise<Invocation> => {
    if (!('retire' in payload))
      return { ok: true, payload: { deploymentId: 'acme', receipt: { receiptId: 'r', purgedAt: 'then' } } };
    asked += 1;
    return asked < 3
      ? { ok: false, errorType: 'TooManyRequestsException', message: 'later' }
      : { ok: true, payload: { deploymentId: 'acme', retired: true } };
  };
  const { progress, phases } = await runOrder(order, new FakeStacks().found('UPDATE_COMPLETE'), { invoke });
  expect([progress.status, asked]).toEqual(['succeeded', 3]);
  expect(phases).toEqual(['receipt', 'stack', 'registration', 'record']);
});

const calls = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<FakeCall>('works') },
    fc.constantFrom<FakeCall>('throttled', 'unavailable', 'answer lost'),
  ),
  { maxLength: 60 },
);
const outcomes = fc.array(fc.constantFrom<FakeOutcome>('done', 'throttled', 'refused', 'rollback fails'), {
  maxLength: 6,
});
const crashes = fc.uniqueArray(fc.nat(40), { maxLength: 6 });
const status = fc.option(fc.constantFrom(...STATUSES), { nil: undefined });

test('whatever is found, throttled, lost or crashed: the order ends, and its record says what the stack holds', async () => {
  await fc.assert(
    fc.asyncProperty(status, calls, outcomes, crashes, fc.integer({ min: 1, max: 4 }), async (...drawn) => {
      const [found, fates, ends, crashed, looks] = drawn;
      const stacks = new FakeStacks({ calls: fates, outcomes: ends, looks });
      if (found) stacks.found(found);
      const { progress, versions, table } = await runOrder(ORDER, stacks, { crashes: crashed });
      expect(['succeeded', 'failed']).toContain(progress.status);
      // An operation is never left behind that the record does not know of.
      expect(stacks.stack?.operation).toBeUndefined();
      expect(versions).toHaveLength(1);
      expect(versions[0]?.result).toBe(progress.status);
      const current = await currentVersion(table, 'acme');
      if (current) expect(stacks.stack?.templateUrl).toBe(TEMPLATE_URL);
      if (progress.status === 'failed') expect(progress.reason).toBeTruthy();
      else expect(stacks.stack?.templateUrl).toBe(TEMPLATE_URL);
      // The template is brought there once, however often steps ran.
      expect(stacks.deployed.filter((url) => url === TEMPLATE_URL).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test('transient faults alone never fail an order', async () => {
  const passing = fc.array(fc.constantFrom<FakeOutcome>('throttled', 'rollback fails'), {
    maxLength: MOST_ATTEMPTS - 2,
  });
  await fc.assert(
    fc.asyncProperty(calls, passing, crashes, async (fates, ends, crashed) => {
      const stacks = new FakeStacks({ calls: fates, outcomes: ends }).found('UPDATE_COMPLETE');
      const { progress } = await runOrder(ORDER, stacks, { crashes: crashed });
      expect(progress).toMatchObject({ status: 'succeeded' });
    }),
    { numRuns: 200 },
  );
});
