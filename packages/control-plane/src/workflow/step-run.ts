import { readDeployment } from '../deployment/deployment-record';
import { readTenant } from '../tenant/tenant-record';
import { type OperationRecord, readOperation } from './operation-record';
import type { Progress } from './save-progress';
import { PermanentStepError } from './step-error';
import type { AnyWorkflow, StepContext, WorkflowDependencies, WorkflowStep } from './workflow';

/** Which step of which run of an operation. */
export interface StepTask {
  readonly operationId: string;
  readonly run: number;
  readonly step: string;
}

export interface StepRun extends Progress {
  readonly workflow: AnyWorkflow;
}

/**
 * An operation with its tenant, as long as this run of it has the say.
 * @throws PermanentStepError `superseded`
 */
export async function readRun(
  { operationId, run }: Pick<StepTask, 'operationId' | 'run'>,
  { table, workflows }: WorkflowDependencies,
): Promise<StepRun> {
  const operation = await readOperation(table, operationId);
  const workflow = operation && workflows[operation.kind];
  if (!operation || !workflow || operation.run !== run) throw new PermanentStepError('superseded');
  const tenant = await readTenant(table, operation.tenantId);
  const held = tenant?.operation?.operationId === operationId;
  return { operation, workflow, tenant: held ? tenant : undefined };
}

/** @throws PermanentStepError `unexpected`: the state machine is of another release than this function */
export function workflowStep(workflow: AnyWorkflow, name: string): WorkflowStep<unknown> {
  const step = workflow.steps.find((one) => one.name === name);
  if (step) return step;
  throw new PermanentStepError('unexpected', { cause: new TypeError(`no step "${name}"`) });
}

/** @throws PermanentStepError `superseded` when the operation does not hold its tenant */
export function contextOf(
  { operation, workflow, tenant }: StepRun,
  { table, open, application, now, ports }: WorkflowDependencies,
): StepContext<unknown> {
  if (!tenant) throw new PermanentStepError('superseded');
  const deployment = async (deploymentId: string = tenant.deploymentId) => {
    const found = await readDeployment(table, deploymentId);
    if (!found) throw new PermanentStepError('deployment-changed');
    return found;
  };
  const at = now().toISOString();
  const input = workflow.input.parse(operation.input);
  return { table, operation, input, tenant, open, deployment, application, at, ports };
}

/** The same context with what was just written. */
export function withProgress(
  context: StepContext<unknown>,
  { operation, tenant }: Progress,
): StepContext<unknown> {
  if (!tenant) throw new PermanentStepError('superseded');
  return { ...context, operation, tenant };
}

/** What a step found out, kept in the operation. */
export function withFacts(operation: OperationRecord, facts: object | undefined): OperationRecord {
  return facts ? { ...operation, facts: { ...operation.facts, ...facts } } : operation;
}
