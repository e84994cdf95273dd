import fc from 'fast-check';
import {
  hasEnded,
  isTouched,
  newOperation,
  operationCancelled,
  operationCompensated,
  operationFailed,
  operationRetried,
  stepFailed,
  stepOf,
  stepStarted,
  stepSucceeded,
  stepUndone,
  stepWaiting,
  unfinishedStep,
} from './operation-progress';
import { newOperationId, type OperationRecord, operationCodec } from './operation-record';

const AT = '2026-01-01T00:00:00.000Z';
const STEPS = ['one', 'two', 'three'];

const begun = (doneByBeginning = false) =>
  newOperation(
    {
      operationId: newOperationId(),
      kind: 'activation',
      tenantId: 'acme',
      input: {},
      requestedBy: { kind: 'anonymous' },
    },
    STEPS.map((name, index) => ({ name, doneByBeginning: doneByBeginning && index === 0 })),
    AT,
  );

type Transition = (operation: OperationRecord) => OperationRecord;
const step = fc.constantFrom(...STEPS);
const transition: fc.Arbitrary<Transition> = fc.oneof(
  step.map((name) => (operation: OperationRecord) => stepStarted(operation, name, AT)),
  step.map((name) => (operation: OperationRecord) => stepWaiting(operation, name, AT)),
  step.map((name) => (operation: OperationRecord) => stepSucceeded(operation, name, AT)),
  step.map((name) => (operation: OperationRecord) => stepSucceeded(operation, name, AT, 'skipped')),
  step.map((name) => (operation: OperationRecord) => stepFailed(operation, name, 'busy', AT)),
  step.map((name) => (operation: OperationRecord) => stepUndone(operation, name, AT)),
  fc.tuple(step, fc.constantFrom('hold' as const, 'undo' as const)).map(
    ([name, then]) =>
      (operation: OperationRecord) =>
        operationFailed(operation, name, 'busy', then, AT),
  ),
  fc.constant((operation: OperationRecord) => operationRetried(operation, AT)),
  fc.constant((operation: OperationRecord) => operationCancelled(operation, AT)),
);

test('whatever happens, a record stays whole, runs only count up and the direction never turns back', () => {
  fc.assert(
    fc.property(fc.array(transition, { maxLength: 30 }), (transitions) => {
      let operation = begun();
      for (const next of transitions) {
        const after = next(operation);
        expect(after.run).toBeGreaterThanOrEqual(operation.run);
        if (operation.direction === 'undo') expect(after.direction).toBe('undo');
        expect(operationCodec.decode(operationCodec.encode(after))).toEqual(after);
        expect(after.steps.map(({ name }) => name)).toEqual(STEPS);
        operation = after;
      }
    }),
  );
});

test('an operation has succeeded with its last step and not before', () => {
  let operation = begun();
  for (const name of STEPS) {
    expect(operation.status).not.toBe('succeeded');
    operation = stepSucceeded(stepStarted(operation, name, AT), name, AT);
  }
  expect(operation.status).toBe('succeeded');
  expect(hasEnded(operation)).toBe(true);
});

test('what the beginning did counts as done, and as something to undo', () => {
  const [one] = begun(true).steps;
  expect(one).toMatchObject({ status: 'succeeded', attempts: 1 });
  expect(one && isTouched(one)).toBe(true);
});

test('a step keeps the reason of its last attempt when the operation gives up, and when it is undone', () => {
  const tried = stepFailed(stepStarted(begun(), 'one', AT), 'one', 'email-taken', AT);
  const failed = operationFailed(tried, 'one', 'timed-out', 'undo', AT);
  expect(failed).toMatchObject({ status: 'compensating', direction: 'undo' });
  const undone = operationCompensated(stepUndone(failed, 'one', AT), AT);
  expect(stepOf(undone, 'one')).toMatchObject({ status: 'undone', reason: 'email-taken' });
});

test('a step that is given up while it is being undone holds the operation', () => {
  const undoing = operationCancelled(stepSucceeded(stepStarted(begun(), 'one', AT), 'one', AT), AT);
  expect(operationFailed(undoing, 'one', 'busy', 'undo', AT)).toMatchObject({
    status: 'failed',
    direction: 'undo',
  });
});

test('the step at which a run was cut off is the first that is not done, or the last that is not undone', () => {
  const one = stepSucceeded(stepStarted(begun(), 'one', AT), 'one', AT);
  expect(unfinishedStep(one)).toBe('two');
  const two = stepSucceeded(stepStarted(one, 'two', AT), 'two', AT);
  expect(unfinishedStep(operationCancelled(two, AT))).toBe('two');
  expect(unfinishedStep(stepUndone(operationCancelled(two, AT), 'two', AT))).toBe('one');
});
