import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  lambdaInvoke,
  parseRegistrationSettings,
  REAL_CLOCK,
  recordDeployment,
  regionOf,
  register,
  smokeTest,
} from '@granary/release';
import { runStep } from './run-step';

runStep(async () => {
  const { smoke, functionArn, registration, recorder } = parseRegistrationSettings(process.env);
  const shared = { clock: REAL_CLOCK, print: console.log };
  const invoke = (arn: string) =>
    lambdaInvoke(new LambdaClient({ region: regionOf(arn), maxAttempts: 5 }), arn);
  await smokeTest(smoke, { ...shared, fetch });
  await register(registration, { ...shared, invoke: invoke(functionArn) });
  await recordDeployment(registration, recorder, { ...shared, invoke: invoke(recorder.functionArn) });
});
