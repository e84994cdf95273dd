import { randomBytes } from 'node:crypto';
import {
  ConflictProblem,
  ForbiddenProblem,
  type GrantedSupportAccess,
  type SupportAccessInput,
} from '@granary/api';
import type { OperatorPrincipal } from '@granary/auth';
import { publishedEvent } from '../events/published-event';
import { type TenantPeopleDeps, tenantPeople } from '../tenant-user/tenant-people';
import { endSupportAccess } from './end-support-access';
import { dueItem, type SupportRecord, supportCodec } from './support-record';

export interface SupportRequest extends SupportAccessInput {
  readonly tenantId: string;
  readonly operator: OperatorPrincipal;
}

export interface SupportDeps extends TenantPeopleDeps {
  /** A new ULID. */
  readonly newId: () => string;
}

/**
 * Makes a user for one operator, one tenant and a time. What has to be cleaned up is written down before it is made.
 * The password is in the answer and nowhere else: whoever loses it asks again.
 * @throws ForbiddenProblem, NotFoundProblem, ConflictProblem when the tenant is not active
 */
export async function grantSupportAccess(
  request: SupportRequest,
  deps: SupportDeps,
): Promise<GrantedSupportAccess> {
  const { tenantId, operator, reason, minutes, role } = request;
  if (operator.role !== 'SystemAdmin' && role !== 'TenantUser')
    throw new ForbiddenProblem(`your role, ${operator.role}, is let into tenants as TenantUser only`);
  const { tenant, deployment, users } = await tenantPeople(tenantId, deps);
  if (tenant.status !== 'active')
    throw new ConflictProblem(`tenant "${tenantId}" is ${tenant.status}: nobody is let in`);
  const at = deps.now();
  // Tokens carry whole seconds.
  const until = new Date(Math.floor(at.getTime() / 1000 + minutes * 60) * 1000);
  const accessId = deps.newId();
  const record: SupportRecord = {
    ...{ accessId, tenantId, role, reason, tier: tenant.tier, deploymentId: deployment.deploymentId },
    // A name that nobody has elsewhere, and that no mail reaches.
    userName: `support-${accessId.toLowerCase()}@granary.invalid`,
    grantedTo: operator.userName,
    status: 'active',
    createdAt: at.toISOString(),
    until: until.toISOString(),
  };
  await deps.table.write([
    { type: 'put', item: supportCodec.encode(record), expect: { kind: 'absent' } },
    { type: 'put', item: dueItem(record), expect: { kind: 'absent' } },
  ]);
  const password = `${randomBytes(24).toString('base64url')}-aA1`;
  try {
    await users.create({ userName: record.userName, role, support: { until, reason, password } });
  } catch (error) {
    await endSupportAccess(record, { kind: 'platform', name: 'support-access' }, deps);
    throw error;
  }
  const detail = { tenantId, userName: record.userName, userRole: role };
  await deps.table.write([
    publishedEvent(
      { eventId: `${accessId}:granted`, detailType: 'sbt_aws_tenantUserCreated', detail },
      at.toISOString(),
    ),
  ]);
  const { region, apiUrl, userPoolId, userPoolClientId } = deployment;
  const { deploymentId: _, tier: __, ...access } = record;
  return { ...access, password, region, apiUrl, userPoolId, userPoolClientId };
}
