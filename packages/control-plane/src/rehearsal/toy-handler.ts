import { SFNClient } from '@aws-sdk/client-sfn';
import { createTelemetry, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { type TenantRecord, tenantCodec } from '../tenant/tenant-record';
import { requestOperation } from '../workflow/begin-operation';
import { cancelOperation, retryOperation } from '../workflow/change-operation';
import { StateMachineExecutions } from '../workflow/executions';
import { newOperationId, readOperation } from '../workflow/operation-record';
import { resumeWait, StateMachineCallbacks } from '../workflow/resume-wait';
import { workflowMachinesSetting } from '../workflow/workflow-machines';
import { workflowService } from '../workflow/workflow-service';
import { TableToyWorld } from './table-toy-world';
import { TOY_WAIT_SECONDS, toyWorkflow } from './toy-workflow';

const environment = parseEnvironment(
  z.object({ CONTROL_TABLE_NAME: z.string(), WORKFLOW_MACHINES: workflowMachinesSetting }),
);
const deedSchema = z.object({
  toy: z.enum(['begin', 'retry', 'cancel', 'resume', 'lift', 'read']),
  tenantId: z.string(),
  operationId: z.string().default(''),
  /** By step. */
  faults: z.record(z.string(), z.enum(['error', 'throttle', 'timeout', 'hold'])).default({}),
});
type Deed = z.output<typeof deedSchema>;

const table = openControlTable(environment.CONTROL_TABLE_NAME);
const states = new SFNClient({});
const world = new TableToyWorld(table);
const workflow = toyWorkflow(world, TOY_WAIT_SECONDS);
const dependencies = {
  table,
  workflows: { activation: workflow },
  executions: new StateMachineExecutions(states, environment.WORKFLOW_MACHINES),
  callbacks: new StateMachineCallbacks(states),
  open: () => {
    throw new Error('the toy opens no deployment');
  },
  application: 'granary',
  now: () => new Date(),
  ports: {},
};
const serve = workflowService({ ...dependencies, logger: createTelemetry('toy').logger });

/** The toy workflow behind a real state machine, for tests, and the means to drive it. */
export async function handler(payload: unknown): Promise<unknown> {
  const deed = deedSchema.safeParse(payload);
  if (!deed.success) return serve(payload);
  const { toy, tenantId, operationId, faults } = deed.data;
  switch (toy) {
    case 'begin':
      return begin(deed.data);
    case 'retry':
      return retryOperation(operationId, dependencies);
    case 'cancel':
      return cancelOperation(operationId, dependencies);
    case 'resume':
      return resumeWait({ key: `toy:${tenantId}`, outcome: 'succeeded' }, dependencies);
    case 'lift':
      for (const step of Object.keys(faults)) await world.lift(step, tenantId);
      return undefined;
    case 'read':
      return { operation: await readOperation(table, operationId), made: await world.made(tenantId) };
  }
}

async function begin({ tenantId, faults }: Deed): Promise<unknown> {
  const at = new Date().toISOString();
  const tenant: TenantRecord = {
    ...{ tenantId, name: 'Hooli', tier: 'basic', adminEmail: 'gavin@hooli.example' },
    ...{ model: 'pool', deploymentId: 'pool-us', status: 'active', administrator: 'perhaps' },
    ...{ onboardingId: newOperationId(), createdAt: at, updatedAt: at, revision: 1 },
  };
  await table.write([{ type: 'put', item: tenantCodec.encode(tenant), expect: { kind: 'any' } }]);
  await world.begin(
    tenantId,
    workflow.steps.map(({ name }) => name),
    faults,
  );
  const requestedBy = { kind: 'platform', name: 'test' } as const;
  return requestOperation({ workflow, tenantId, input: {}, requestedBy }, dependencies);
}
