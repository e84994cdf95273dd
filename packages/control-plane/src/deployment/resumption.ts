import type { ControlTable } from '../control-table/control-table';
import type { TenantRecord } from '../tenant/tenant-record';
import type { Executions } from '../workflow/executions';
import { readOperation } from '../workflow/operation-record';

/**
 * What a silo's onboarding needs to go on, now that its deployment is registered:
 * `start`: its run has not begun; `waits`: it waits for the deployment; `runs`: it is on its way; `restart`: it ended
 * without making the tenant active; `none`: the tenant has been made active (an operator may have deactivated it
 * since), or something else is being done to it.
 */
export type Resumption = 'start' | 'waits' | 'runs' | 'restart' | 'none';

export interface ResumptionDependencies {
  readonly table: ControlTable;
  readonly executions: Executions;
}

export async function resumptionOf(
  tenant: TenantRecord,
  { table, executions }: ResumptionDependencies,
): Promise<Resumption> {
  if (tenant.status !== 'provisioning' && tenant.status !== 'failed') return 'none';
  if (tenant.operation && tenant.operation.kind !== 'onboarding') return 'none';
  const operation = await readOperation(table, tenant.onboardingId);
  // Undone, it let go of the tenant; held, it would try again what the manifest said before.
  if (!operation || operation.status === 'failed' || operation.status === 'compensated') return 'restart';
  if (operation.status === 'compensating') return 'runs';
  const state = await executions.state(operation);
  if (state === 'ended') return 'restart';
  if (state === 'absent') return 'start';
  return operation.status === 'waiting' ? 'waits' : 'runs';
}
