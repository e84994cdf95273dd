import { registerDeployment } from '../deployment/deployment-registry';
import { readRegistration } from '../registration/registration-record';
import { signUp } from '../registration/sign-up';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { onboardingService } from './onboarding-service';

async function open() {
  const stage = new Rehearsal();
  const { telemetry, logged } = silentTelemetry();
  await registerDeployment(registrationOf(), stage.dependencies);
  const { registrationId } = await signUp(BUYER, stage.dependencies);
  return {
    stage,
    logged,
    registrationId,
    task: onboardingService({ ...stage.dependencies, logger: telemetry.logger }),
  };
}

test('a task takes its step', async () => {
  const { stage, registrationId, task } = await open();
  await task({ registrationId, step: 'create-usage-key' });
  expect((await readRegistration(stage.table, registrationId))?.steps['create-usage-key'].status).toBe(
    'succeeded',
  );
});

test('the task that fails a registration takes what the state machine caught, and repeats none of it', async () => {
  const { stage, registrationId, task } = await open();
  const error = { Error: 'Sandbox.Timedout', Cause: '{"errorMessage":"arn:aws:iam::1:role/x"}' };
  await task({ registrationId, step: 'fail', failedStep: 'create-usage-key', error });
  const registration = await readRegistration(stage.table, registrationId);
  expect(registration).toMatchObject({ status: 'failed' });
  expect(registration?.steps['create-usage-key']).toMatchObject({ reason: 'timed-out' });
  expect(JSON.stringify(stage.table.all())).not.toContain('arn:aws:iam::1');
});

test.each([
  ['nothing', undefined],
  ['an unknown step', { registrationId: 'x'.repeat(32), step: 'drop-tables' }],
  ['a bad id', { registrationId: '*', step: 'activate' }],
  ['an unknown registration', { registrationId: 'x'.repeat(32), step: 'activate' }],
])('%s is refused for good', async (_, payload) => {
  const { task, logged } = await open();
  await expect(task(payload)).rejects.toMatchObject({ name: 'PermanentStepError' });
  expect(logged).toHaveLength(1);
});

test('no log line holds a registration\u2019s id, which is a permission', async () => {
  const { logged, registrationId, task } = await open();
  await task({ registrationId, step: 'create-usage-key' });
  await task({ registrationId, step: 'create-admin' });
  expect(logged).toHaveLength(2);
  expect(JSON.stringify(logged)).not.toContain(registrationId);
});
