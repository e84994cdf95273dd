import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { lambdaInvoke, regionOf } from '../registration/lambda-invoke';
import { openReleaseTable } from '../release-table/dynamo-release-table';
import { stacksByDeployRole } from './deploy-role';
import { stepOrder } from './deployer';
import type { Progress } from './progress';
import { stepInputSchema } from './step-input';

const environment = parseEnvironment(
  z.object({
    RELEASE_TABLE_NAME: z.string().min(3),
    VERSIONS_BUCKET_NAME: z.string().min(3),
    DEPLOYMENT_FUNCTION_ARN: z.string().startsWith('arn:'),
    AWS_REGION: z.string(),
    PARTITION: z.string().default('aws'),
    URL_SUFFIX: z.string().default('amazonaws.com'),
  }),
);
const { DEPLOYMENT_FUNCTION_ARN, VERSIONS_BUCKET_NAME, AWS_REGION, URL_SUFFIX } = environment;
const telemetry = createTelemetry('release-deployer');
const { logger } = telemetry;
const client = new LambdaClient({ region: regionOf(DEPLOYMENT_FUNCTION_ARN), maxAttempts: 5 });
const dependencies = {
  stacksIn: stacksByDeployRole({ sts: new STSClient({}), partition: environment.PARTITION }),
  table: openReleaseTable(environment.RELEASE_TABLE_NAME),
  invoke: lambdaInvoke(client, DEPLOYMENT_FUNCTION_ARN),
  fetch,
  now: () => new Date(),
  random: Math.random,
  urlOf: (key: string) => `https://${VERSIONS_BUCKET_NAME}.s3.${AWS_REGION}.${URL_SUFFIX}/${key}`,
};

/** One step of an order: `{ order, progress? }` -> `progress`. */
export const handler = observed(telemetry, async (input: unknown): Promise<Progress> => {
  const { order, progress } = stepInputSchema.parse(input);
  const stepped = await stepOrder(order, progress, dependencies);
  const { deploymentId, purpose, runId } = order;
  const { phase, step, status, reason } = stepped;
  logger.info('order stepped', { deploymentId, purpose, runId, phase, step, status, reason });
  return stepped;
});
