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
import { TOY_WAIT_SECONDS, toyWorkflow } from './toy-workflow';

const environment = parseEnvironment(
  z.object({ CONTROL_TABLE_NAME: z.string(), WORKFLOW_MACHINES: workflowMachinesSetting }),
);
const deedSchema = z.object({
  toy: z.enum(['begin', 'retry', 'cancel', 'resume', 'read']),
  operationId: z.string().default(''),
});

const table = openControlTable(environment.CONTROL_TABLE_NAME);
const states = new SFNClient({});
const worldKey = (sk: string) => ({ pk: 'WORLD', sk });
const workflow = toyWorkflow(
  {
    make: async (name) => table.write([{ type: 'put', item: worldKey(name), expect: { kind: 'any' } }]),
    remove: async (name) => table.write([{ type: 'delete', key: worldKey(name), expect: { kind: 'any' } }]),
  },
  TOY_WAIT_SECONDS,
);
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
  const { toy, operationId } = deed.data;
  switch (toy) {
    case 'begin':
      return begin();
    case 'retry':
      return retryOperation(operationId, dependencies);
    case 'cancel':
      return cancelOperation(operationId, dependencies);
    case 'resume':
      return resumeWait({ key: 'toy:hooli', outcome: 'succeeded' }, dependencies);
    case 'read': {
      const { items } = await table.query({ pk: 'WORLD', limit: 10 });
      return { operation: await readOperation(table, operationId), made: items.map(({ sk }) => sk) };
    }
  }
}

async function begin(): Promise<unknown> {
  const at = new Date().toISOString();
  const tenant: TenantRecord = {
    ...{ tenantId: 'hooli', name: 'Hooli', tier: 'basic', adminEmail: 'gavin@hooli.example' },
    ...{ model: 'pool', deploymentId: 'pool-us', status: 'active', administrator: 'perhaps' },
    ...{ onboardingId: newOperationId(), createdAt: at, updatedAt: at, revision: 1 },
  };
  const any = { kind: 'any' } as const;
  await table.write([
    { type: 'put', item: tenantCodec.encode(tenant), expect: any },
    ...workflow.steps.map(({ name }) => ({ type: 'delete' as const, key: worldKey(name), expect: any })),
  ]);
  const requestedBy = { kind: 'platform', name: 'test' } as const;
  return requestOperation({ workflow, tenantId: 'hooli', input: {}, requestedBy }, dependencies);
}
