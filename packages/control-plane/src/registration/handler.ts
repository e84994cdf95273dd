import { SFNClient } from '@aws-sdk/client-sfn';
import { parseEnvironment } from '@granary/auth';
import { openControlTable } from '../control-table/open-control-table';
import { StateMachineExecutions } from '../onboarding/executions';
import { registrationEnvironmentSchema } from './environment';
import { newRegistrationId } from './registration-id';
import { registrationService } from './registration-service';

const environment = parseEnvironment(registrationEnvironmentSchema);

export const handler = registrationService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  executions: new StateMachineExecutions(new SFNClient({}), environment.ONBOARDING_STATE_MACHINE_ARN),
  tiers: environment.TIERS,
  newId: newRegistrationId,
  now: () => new Date(),
});
