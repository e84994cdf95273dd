import { SFNClient } from '@aws-sdk/client-sfn';
import { jsonSetting, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { auditRequests } from '../audit/audit-requests';
import { openControlTable } from '../control-table/open-control-table';
import { tiersSchema } from '../registration/tier-facts';
import { StateMachineExecutions } from '../workflow/executions';
import { workflowMachinesSetting } from '../workflow/workflow-machines';
import { lifecycleService } from './lifecycle-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    WORKFLOW_MACHINES: workflowMachinesSetting,
    TIERS: jsonSetting(tiersSchema),
  }),
);
const table = openControlTable(environment.CONTROL_TABLE_NAME);

export const handler = lifecycleService({
  table,
  executions: new StateMachineExecutions(new SFNClient({}), environment.WORKFLOW_MACHINES),
  tiers: environment.TIERS,
  now: () => new Date(),
  audit: auditRequests(table),
});
