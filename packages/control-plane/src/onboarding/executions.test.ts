import { SFNClient } from '@aws-sdk/client-sfn';
import { type WireAnswer, wire } from '../rehearsal/wire';
import { StateMachineExecutions } from './executions';

const MACHINE = 'arn:aws:states:us-east-1:222222222222:stateMachine:onboarding';

function executionsOver(...answers: WireAnswer[]) {
  const { settings, sent } = wire(...answers);
  return { executions: new StateMachineExecutions(new SFNClient(settings), MACHINE), sent };
}

test('a run is started with the registration\u2019s id as its name and all of its input', async () => {
  const { executions, sent } = executionsOver({ body: { executionArn: 'x', startDate: 0 } });
  await executions.start('r1');
  expect(sent[0]).toMatchObject({
    operation: 'StartExecution',
    body: { stateMachineArn: MACHINE, name: 'r1', input: '{"registrationId":"r1"}' },
  });
});

test('starting what was started is fine; any other refusal is not', async () => {
  const { executions } = executionsOver(
    { error: 'ExecutionAlreadyExists' },
    { error: 'StateMachineDoesNotExist' },
  );
  await executions.start('r1');
  await expect(executions.start('r1')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

test.each([
  ['RUNNING', 'running'],
  ['PENDING_REDRIVE', 'running'],
  ['SUCCEEDED', 'ended'],
  ['FAILED', 'ended'],
  ['TIMED_OUT', 'ended'],
  ['ABORTED', 'ended'],
])('an execution that is %s has %s', async (status, state) => {
  const { executions, sent } = executionsOver({ body: { status } });
  expect(await executions.state('r1')).toBe(state);
  expect(sent[0]?.body).toEqual({
    executionArn: 'arn:aws:states:us-east-1:222222222222:execution:onboarding:r1',
  });
});

test('an execution that is not there is absent', async () => {
  expect(await executionsOver({ error: 'ExecutionDoesNotExist' }).executions.state('r1')).toBe('absent');
});
