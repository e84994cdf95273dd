import { type AuditActor, ConflictProblem } from '@granary/api';
import type { Tiers } from '../registration/tier-facts';
import type { TenantRecord } from '../tenant/tenant-record';
import type { RequestDependencies } from '../workflow/begin-operation';

export interface LifecycleDependencies extends RequestDependencies {
  readonly tiers: Tiers;
}

/** Who asks for a change of which tenant. */
export interface LifecycleRequest {
  readonly tenantId: string;
  readonly requestedBy: AuditActor;
  /** The same key again finds the operation that it began. @default each request begins one */
  readonly idempotencyKey?: string | undefined;
}

/** Lets a change begin while the tenant is in one of these states. @throws ConflictProblem */
export function mustBe(
  statuses: readonly TenantRecord['status'][],
  what: string,
): (tenant: TenantRecord) => void {
  return ({ tenantId, status }) => {
    if (statuses.includes(status)) return;
    throw new ConflictProblem(
      `tenant "${tenantId}" is ${status}: it can ${what} while it is ${statuses.join(' or ')}`,
    );
  };
}
