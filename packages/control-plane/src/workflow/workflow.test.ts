import { ConflictProblem, NotFoundProblem } from '@granary/api';
import fc from 'fast-check';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { MemoryMachine } from '../rehearsal/memory-machine';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { MemoryToyWorld, toyWorkflow } from '../rehearsal/toy-workflow';
import { readTenant } from '../tenant/tenant-record';
import { OperationRunningProblem, requestOperation } from './begin-operation';
import { cancelOperation, retryOperation } from './change-operation';
import { failStep } from './fail-step';
import { readOperation } from './operation-record';
import { resumeWait } from './resume-wait';
import { takeStep } from './take-step';
import { WORKFLOWS } from './workflows';

const KEY = 'toy:hooli';

/** An active tenant, and a toy workflow to run on it. */
async function open() {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  await stage.onboard('hooli');
  const world = new MemoryToyWorld();
  const workflow = toyWorkflow(stage.crashes.through(world), 60);
  const dependencies = { ...stage.dependencies, workflows: { ...WORKFLOWS, activation: workflow } };
  const { crashes, executions } = stage;
  const machine = new MemoryMachine({ dependencies, executions, crashes });
  const begin = () =>
    requestOperation({ workflow, tenantId: 'hooli', input: {}, requestedBy: OPERATOR }, dependencies);
  const resume = (outcome: 'succeeded' | 'failed' = 'succeeded') =>
    resumeWait({ key: KEY, outcome }, dependencies);
  return { stage, world, dependencies, machine, begin, resume };
}

const held = async (stage: Rehearsal) => (await readTenant(stage.table, 'hooli'))?.operation;

test('a second operation is refused with the name of the one that holds the tenant', async () => {
  const { begin, machine, resume, stage } = await open();
  const { operationId } = await begin();
  await expect(begin()).rejects.toThrow(OperationRunningProblem);
  await expect(begin()).rejects.toThrow(`held by its activation, operation ${operationId}`);
  await machine.run(operationId);
  await resume();
  await machine.run(operationId);
  expect(await held(stage)).toBeUndefined();
  expect((await begin()).operationId).not.toBe(operationId);
});

test('of many operations asked for at once exactly one begins', async () => {
  const { begin, stage } = await open();
  const answers = await Promise.allSettled(Array.from({ length: 20 }, begin));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(OperationRunningProblem);
  expect(stage.executions.states.size).toBe(2);
});

test('an answer that comes before the machine waits is kept for it, and said twice does no harm', async () => {
  const { begin, machine, resume, world, stage, dependencies } = await open();
  const { operationId } = await begin();
  await takeStep({ operationId, run: 1, step: 'first' }, dependencies);
  await takeStep({ operationId, run: 1, step: 'asked' }, dependencies);
  expect(await resume()).toBe(true);
  expect(await resume('failed')).toBe(true);
  expect(await machine.run(operationId)).toBe('ended');
  expect((await readOperation(stage.table, operationId))?.status).toBe('succeeded');
  expect([...world.made]).toEqual(['first', 'asked', 'last']);
  expect(await resume()).toBe(false);
});

test('a wait that takes too long says so, is held, and a retry goes on there', async () => {
  const { begin, machine, resume, stage, dependencies } = await open();
  const { operationId } = await begin();
  expect(await machine.run(operationId)).toBe('waiting');
  await machine.timeOut(operationId);
  const failed = await readOperation(stage.table, operationId);
  expect(failed).toMatchObject({ status: 'failed', steps: [{}, { reason: 'wait-timed-out' }, {}] });
  expect(await held(stage)).toMatchObject({ operationId });
  await retryOperation(operationId, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  await resume();
  await machine.run(operationId);
  const done = await readOperation(stage.table, operationId);
  expect(done).toMatchObject({ status: 'succeeded', run: 2, facts: { first: 'made' } });
  expect(done?.steps.map(({ attempts }) => attempts)).toEqual([1, 2, 1]);
});

test('a refusal from outside undoes what was done, in reverse, and frees the tenant', async () => {
  const { begin, machine, resume, stage, world } = await open();
  const { operationId } = await begin();
  await machine.run(operationId);
  await resume('failed');
  await machine.run(operationId);
  const operation = await readOperation(stage.table, operationId);
  expect(operation).toMatchObject({
    status: 'compensated',
    steps: [{ status: 'undone' }, { status: 'undone', reason: 'refused-outside' }, { status: 'pending' }],
  });
  expect(world.made.size).toBe(0);
  expect(await held(stage)).toBeUndefined();
});

test('nothing is retried or cancelled that is on its way, over or unknown', async () => {
  const { begin, machine, resume, dependencies } = await open();
  const { operationId } = await begin();
  await machine.run(operationId);
  await expect(cancelOperation(operationId, dependencies)).rejects.toThrow(ConflictProblem);
  expect((await retryOperation(operationId, dependencies)).run).toBe(1);
  await resume();
  await machine.run(operationId);
  await expect(retryOperation(operationId, dependencies)).rejects.toThrow('there is nothing to retry');
  await expect(cancelOperation(operationId, dependencies)).rejects.toThrow('there is nothing to cancel');
  const unknown = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  await expect(retryOperation(unknown, dependencies)).rejects.toThrow(NotFoundProblem);
});

test('each step that ends leaves one line for the audit log, and an operation an event at both ends', async () => {
  const { begin, machine, resume, stage } = await open();
  const { operationId } = await begin();
  await machine.run(operationId);
  await resume();
  await machine.run(operationId);
  const outbox = stage.table.all().filter(({ sk }) => sk === 'OUTBOX');
  const lines = outbox.flatMap(({ entry }) => (entry ? [entry as { action: string; subject: string }] : []));
  expect(lines.filter(({ subject }) => subject === operationId).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['activation.first', 'activation.asked', 'activation.last']),
  );
  const events = outbox.filter(({ detail }) => (detail as { kind?: string })?.kind === 'activation');
  expect(events.map(({ detailType }) => detailType).sort()).toEqual([
    'granary_operationStarted',
    'granary_operationSucceeded',
  ]);
});

test('a step that is done does not fail because nobody could pass it by: the step at hand does', async () => {
  const { begin, machine, resume, stage, world, dependencies } = await open();
  const { operationId } = await begin();
  await machine.run(operationId);
  await resume();
  const error = { Error: 'Lambda.TooManyRequestsException' };
  const task = { operationId, error } as const;
  await failStep({ ...task, run: 1, step: 'first', direction: 'do' }, dependencies);
  const statuses = async () =>
    (await readOperation(stage.table, operationId))?.steps.map(({ status }) => status);
  expect(await statuses()).toEqual(['succeeded', 'failed', 'pending']);
  // Nor does a step fail that has nothing to undo.
  await cancelOperation(operationId, dependencies);
  await failStep({ ...task, run: 2, step: 'last', direction: 'undo' }, dependencies);
  expect(await statuses()).toEqual(['succeeded', 'failed', 'pending']);
  stage.executions.end({ operationId, run: 2 });
  await retryOperation(operationId, dependencies);
  await machine.run(operationId);
  expect(await statuses()).toEqual(['undone', 'undone', 'pending']);
  expect(world.made.size).toBe(0);
});

type Deed = 'run' | 'resume' | 'refuse' | 'time-out' | 'retry' | 'cancel' | 'break' | 'mend' | 'vanish';

test('whatever is done in whatever order, an operation ends with all that it makes or with nothing', async () => {
  const deed = fc.constantFrom<Deed>(
    ...(['run', 'resume', 'refuse', 'time-out', 'retry', 'cancel', 'break', 'mend', 'vanish'] as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 12 }), async (deeds) => {
      const { begin, machine, resume, stage, world, dependencies } = await open();
      const { operationId } = await begin();
      const read = async () => (await readOperation(stage.table, operationId)) ?? { status: 'none', run: 0 };
      const act: Record<Deed, () => Promise<unknown> | unknown> = {
        run: () => machine.run(operationId),
        resume: () => resume(),
        refuse: () => resume('failed'),
        'time-out': () => machine.timeOut(operationId),
        retry: () => retryOperation(operationId, dependencies),
        cancel: () => cancelOperation(operationId, dependencies),
        break: () => world.broken.add('last'),
        mend: () => world.broken.delete('last'),
        vanish: async () => stage.executions.end({ operationId, run: (await read()).run }),
      };
      for (const each of deeds) await Promise.resolve(act[each]()).catch(() => undefined);
      world.broken.clear();
      for (
        let left = 6;
        left > 0 && !['succeeded', 'compensated'].includes((await read()).status);
        left -= 1
      ) {
        await retryOperation(operationId, dependencies).catch(() => undefined);
        await machine.run(operationId);
        await resume();
        await machine.run(operationId);
      }
      const { status } = await read();
      expect(['succeeded', 'compensated']).toContain(status);
      expect([...world.made].sort()).toEqual(status === 'succeeded' ? ['asked', 'first', 'last'] : []);
      expect(await held(stage)).toBeUndefined();
      expect(stage.table.all().filter(({ pk }) => pk.startsWith('WAIT#'))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
