import { LambdaClient } from '@aws-sdk/client-lambda';
import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { OnboardingQuotaEnforcer } from './quota-enforcer';
import { quotaService } from './quota-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    ONBOARDING_FUNCTION_ARN: z.string().startsWith('arn:'),
  }),
);

// One attempt: asking twice at once would move a key twice. The caller sends its request again.
const lambda = new LambdaClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 25_000, throwOnRequestTimeout: true },
});

export const handler = quotaService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  enforcer: new OnboardingQuotaEnforcer(lambda, environment.ONBOARDING_FUNCTION_ARN),
  now: () => new Date(),
});
