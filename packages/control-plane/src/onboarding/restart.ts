import type { Write } from '../control-table/control-table';
import { registrationFailed } from '../registration/registration-progress';
import {
  newRegistration,
  type RegistrationRecord,
  replaceRegistration,
  storeNewRegistration,
} from '../registration/registration-record';
import { replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import type { Executions } from './executions';

/**
 * What a tenant's onboarding needs to go on:
 * `start`: its run has not begun; `wait`: it runs; `restart`: it ended without making the tenant active;
 * `none`: the tenant has been made active (an operator may have deactivated it since).
 */
export type Resumption = 'start' | 'wait' | 'restart' | 'none';

export async function resumptionOf(tenant: TenantRecord, executions: Executions): Promise<Resumption> {
  switch (tenant.status) {
    case 'active':
    case 'inactive':
      return 'none';
    case 'failed':
      return 'restart';
    case 'provisioning': {
      const state = await executions.state(tenant.registrationId);
      return ({ absent: 'start', running: 'wait', ended: 'restart' } as const)[state];
    }
  }
}

export interface Restart {
  readonly registration: RegistrationRecord;
  readonly writes: readonly Write[];
}

/** A new registration takes the place of the tenant's last one, which can do nothing to it any more. */
export function restartOnboarding(
  tenant: TenantRecord,
  last: RegistrationRecord | undefined,
  registrationId: string,
  at: string,
): Restart {
  const { tenantId, tier, deploymentId } = tenant;
  const registration = newRegistration({ registrationId, tenantId, tier, deploymentId }, at);
  const unfinished = last && (last.status === 'pending' || last.status === 'running');
  return {
    registration,
    writes: [
      replaceTenant({ ...tenant, status: 'provisioning', registrationId, updatedAt: at }),
      storeNewRegistration(registration),
      ...(unfinished ? [replaceRegistration(registrationFailed(last, 'interrupted', at))] : []),
    ],
  };
}
