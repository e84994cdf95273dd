import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { deploymentOpener } from '../deployment-access/open-deployments';
import { onboardingService } from './onboarding-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    APPLICATION: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/)
      .default('granary'),
  }),
);

export const handler = onboardingService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  open: deploymentOpener(new STSClient({}), `${environment.APPLICATION}-onboarding`),
  application: environment.APPLICATION,
  now: () => new Date(),
  logger: createTelemetry('onboarding').logger,
});
