import { SFNClient } from '@aws-sdk/client-sfn';
import { parseEnvironment } from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import { openControlTable } from '../control-table/open-control-table';
import { StateMachineExecutions } from '../workflow/executions';
import { WORKFLOWS } from '../workflow/workflows';
import { registrationEnvironmentSchema } from './environment';
import { newRegistrationId } from './registration-id';
import { registrationService } from './registration-service';

const environment = parseEnvironment(registrationEnvironmentSchema);
const table = openControlTable(environment.CONTROL_TABLE_NAME);

export const handler = registrationService({
  table,
  executions: new StateMachineExecutions(new SFNClient({}), environment.WORKFLOW_MACHINES),
  workflows: WORKFLOWS,
  tiers: environment.TIERS,
  newId: newRegistrationId,
  now: () => new Date(),
  audit: auditRequests(table),
});
