import { SFNClient } from '@aws-sdk/client-sfn';
import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { auditRequests } from '../audit/audit-requests';
import { openControlTable } from '../control-table/open-control-table';
import { StateMachineExecutions } from '../workflow/executions';
import { StateMachineCallbacks } from '../workflow/resume-wait';
import { workflowMachinesSetting } from '../workflow/workflow-machines';
import { WORKFLOWS } from '../workflow/workflows';
import { operationService } from './operation-service';

const environment = parseEnvironment(
  z.object({ CONTROL_TABLE_NAME: z.string().min(3), WORKFLOW_MACHINES: workflowMachinesSetting }),
);
const stepFunctions = new SFNClient({});
const table = openControlTable(environment.CONTROL_TABLE_NAME);

export const handler = operationService({
  table,
  executions: new StateMachineExecutions(stepFunctions, environment.WORKFLOW_MACHINES),
  callbacks: new StateMachineCallbacks(stepFunctions),
  workflows: WORKFLOWS,
  now: () => new Date(),
  audit: auditRequests(table),
});
