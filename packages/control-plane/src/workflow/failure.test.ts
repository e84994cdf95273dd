import { WriteRefusedError } from '../control-table/control-table';
import { SourceError } from '../source/source-error';
import { reasonOf, stepErrorOf } from './failure';
import { FAILURE_WORDS } from './failure-reason';
import { FAILURE_TABLE } from './failure-table';
import { PermanentStepError, TRANSIENT_STEP_ERROR, TransientStepError } from './step-error';

for (const { names, retry, reason, why } of FAILURE_TABLE)
  test.each(names)(`%s ${retry ? 'is worth another try' : 'ends onboarding'}: ${why}`, (name) => {
    const error = Object.assign(new Error('arn:aws:iam::222222222222:role/x'), { name });
    const failure = stepErrorOf(error);
    expect(failure).toBeInstanceOf(retry ? TransientStepError : PermanentStepError);
    expect(failure).toMatchObject({ reason, message: `step failed: ${reason}`, cause: error });
    expect(reasonOf(name)).toBe(reason);
  });

test('no name has two meanings', () => {
  const names = FAILURE_TABLE.flatMap((rule) => rule.names);
  expect(new Set(names).size).toBe(names.length);
});

test('the state machine finds a transient error by the name that is exported', () => {
  expect(new TransientStepError('busy').name).toBe(TRANSIENT_STEP_ERROR);
});

test('an error that nobody named is tried again', () => {
  expect(stepErrorOf('not even an error')).toMatchObject({
    name: TRANSIENT_STEP_ERROR,
    reason: 'unexpected',
  });
});

test('a step that met another run of itself is tried again', () => {
  expect(stepErrorOf(new WriteRefusedError([0]))).toMatchObject({ name: TRANSIENT_STEP_ERROR });
});

test('a step\u2019s own verdict stands', () => {
  const verdict = new PermanentStepError('email-taken');
  expect(stepErrorOf(verdict)).toBe(verdict);
});

test.each(Object.entries(FAILURE_WORDS))('the words for %s hold nothing internal', (_, words) => {
  expect(words).not.toMatch(/arn:|\d{6}|exception|dynamo|cognito|lambda|sts/i);
});

test('a manifest that cannot be changed now is tried again, one that cannot be changed at all is not', () => {
  const of = (transient: boolean) => stepErrorOf(new SourceError('no', { transient }));
  expect(of(true)).toMatchObject({ name: 'TransientStepError', reason: 'busy' });
  expect(of(false)).toMatchObject({ name: 'PermanentStepError', reason: 'source-refused' });
});
