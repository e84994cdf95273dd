import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaInvoke, regionOf } from './lambda-invoke';
import { REAL_CLOCK } from './patience';
import { register } from './registration';
import { parseRegistrationSettings } from './registration-settings';
import { runStep } from './run-step';
import { smokeTest } from './smoke';

runStep(async () => {
  const { smoke, functionArn, registration } = parseRegistrationSettings(process.env);
  const shared = { clock: REAL_CLOCK, print: console.log };
  await smokeTest(smoke, { ...shared, fetch });
  const client = new LambdaClient({ region: regionOf(functionArn), maxAttempts: 5 });
  await register(registration, { ...shared, invoke: lambdaInvoke(client, functionArn) });
});
