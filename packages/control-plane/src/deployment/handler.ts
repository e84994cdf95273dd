import { SFNClient } from '@aws-sdk/client-sfn';
import { createTelemetry, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { StateMachineExecutions } from '../onboarding/executions';
import { newRegistrationId } from '../registration/registration-id';
import { deploymentService } from './deployment-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    ONBOARDING_STATE_MACHINE_ARN: z.string().startsWith('arn:'),
  }),
);

export const handler = deploymentService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  executions: new StateMachineExecutions(new SFNClient({}), environment.ONBOARDING_STATE_MACHINE_ARN),
  newId: newRegistrationId,
  now: () => new Date(),
  logger: createTelemetry('deployment').logger,
});
