import { SFNClient } from '@aws-sdk/client-sfn';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { StateMachineExecutions } from '../workflow/executions';
import { StateMachineCallbacks } from '../workflow/resume-wait';
import { workflowMachinesSetting } from '../workflow/workflow-machines';
import { deploymentService } from './deployment-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    WORKFLOW_MACHINES: workflowMachinesSetting,
  }),
);

const states = new SFNClient({});

const telemetry = createTelemetry('deployment');

export const handler = observed(
  telemetry,
  deploymentService({
    table: openControlTable(environment.CONTROL_TABLE_NAME),
    executions: new StateMachineExecutions(states, environment.WORKFLOW_MACHINES),
    callbacks: new StateMachineCallbacks(states),
    now: () => new Date(),
    logger: telemetry.logger,
  }),
);
