import type { Deployment, DeploymentRegistration } from '@granary/api';
import type { ControlTable, Write } from '../control-table/control-table';
import { retryRefused } from '../control-table/retry-refused';
import { onboarding } from '../onboarding/onboarding';
import { deploymentWait, onboardingInputSchema } from '../onboarding/onboarding-input';
import { followOperation } from '../registration/registration-record';
import {
  readTenant,
  replaceTenant,
  type TenantRecord,
  tenantCodec,
  tenantKey,
} from '../tenant/tenant-record';
import { beginOperation } from '../workflow/begin-operation';
import type { Executions } from '../workflow/executions';
import { newOperationId, readOperation } from '../workflow/operation-record';
import { stepViews } from '../workflow/operation-view';
import { type Callbacks, resumeWait } from '../workflow/resume-wait';
import { supersede } from '../workflow/save-progress';
import { DeploymentConflictError, UnknownDeploymentError } from './deployment-error';
import {
  type DeploymentRecord,
  deploymentCodec,
  deploymentView,
  readDeployment,
  releaseCodec,
} from './deployment-record';
import type { DeploymentStatus } from './deployment-status';
import { resumptionOf } from './resumption';

export interface RegistryDependencies {
  readonly table: ControlTable;
  readonly executions: Executions;
  readonly callbacks: Callbacks;
  readonly now: () => Date;
}

/**
 * Stores what the pipeline says of a deployment and, for a silo, sees to the tenant's onboarding: one that waits for
 * the deployment goes on, as does a move to it; an onboarding is started when the tenant is new, and anew when it
 * ended without success. Answers at once; `checkDeployment` says how far it is.
 * @throws DeploymentConflictError when the id is another deployment's or tenant's, or a pool moved under its tenants
 */
export async function registerDeployment(
  registration: DeploymentRegistration,
  dependencies: RegistryDependencies,
): Promise<DeploymentStatus> {
  const { table } = dependencies;
  const { tenant: facts, ...deployment } = registration;
  const { deploymentId } = deployment;
  await retryRefused(`deployment "${deploymentId}"`, async () => {
    const at = dependencies.now().toISOString();
    const last = await readDeployment(table, deploymentId);
    const tenant = await readTenant(table, deploymentId);
    refuseConflict(registration, last, tenant);
    const moved = last !== undefined && !sameHome(last, registration);
    const writes = [
      ...storeDeployment(deployment, last, at),
      ...(facts ? await onboard(facts, tenant, moved, at, dependencies) : []),
      // Sign-ups see the pool from now on; until now they saw its name as free.
      ...(last || facts ? [] : [absentTenant(deploymentId)]),
    ];
    await table.write(writes);
  });
  if (facts) await goOn(facts.tenantId, dependencies);
  return checkDeployment(deploymentId, table);
}

/**
 * A deployment, with how far its tenant is.
 * @throws UnknownDeploymentError
 */
export async function checkDeployment(deploymentId: string, table: ControlTable): Promise<DeploymentStatus> {
  const deployment = await readDeployment(table, deploymentId);
  if (!deployment) throw new UnknownDeploymentError(deploymentId);
  const tenant = deployment.kind === 'silo' ? await readTenant(table, deploymentId) : undefined;
  const operation = tenant && (await readOperation(table, tenant.onboardingId));
  if (!tenant || !operation) return deploymentView(deployment);
  const { tenantId, status } = tenant;
  return { ...deploymentView(deployment), tenant: { tenantId, status, steps: stepViews(operation) } };
}

function refuseConflict(
  registration: DeploymentRegistration,
  last: DeploymentRecord | undefined,
  tenant: TenantRecord | undefined,
): void {
  const { deploymentId, kind } = registration;
  if (tenant?.status === 'offboarded')
    throw new DeploymentConflictError(
      `"${deploymentId}" was the id of a tenant that was offboarded, and is never given to another; choose another id in the manifest`,
    );
  if (last && last.kind !== kind)
    throw new DeploymentConflictError(
      `"${deploymentId}" is registered as a ${last.kind}, not a ${kind}; give the new one another id in the manifest`,
    );
  // The silo that a tenant of a pool moves to or comes from.
  const silo = kind === 'silo' && (tenant?.operation?.kind === 'move' || last !== undefined);
  if (tenant && tenant.deploymentId !== deploymentId && !silo)
    throw new DeploymentConflictError(
      `"${deploymentId}" is the id of a tenant on "${tenant.deploymentId}"; choose another id in the manifest`,
    );
  if (last?.kind === 'pool' && last.tenants > 0 && !sameHome(last, registration))
    throw new DeploymentConflictError(
      `pool "${deploymentId}" has a new user pool or tenant directory, but its ${last.tenants} tenants are in the old ones; restore the stack, or register the new one by another id`,
    );
}

/** Whether tenants that were admitted there are still there. */
function sameHome(one: Home, other: Home): boolean {
  return (['account', 'region', 'userPoolId', 'tenantTableName'] as const).every(
    (fact) => one[fact] === other[fact],
  );
}
type Home = Pick<Deployment, 'account' | 'region' | 'userPoolId' | 'tenantTableName'>;

function storeDeployment(
  deployment: Omit<DeploymentRegistration, 'tenant'>,
  last: DeploymentRecord | undefined,
  at: string,
): Write[] {
  const view = { ...deployment, firstDeployedAt: last?.firstDeployedAt ?? at, deployedAt: at };
  const { pk, sk, ...set } = deploymentCodec.encode({
    ...view,
    tenants: deployment.kind === 'silo' ? 1 : 0,
    revision: (last?.revision ?? 0) + 1,
  });
  // Placing a tenant counts up at the same time: the count is never written over.
  const { tenants: _, ...known } = set;
  const expect = last && ({ kind: 'equal', attribute: 'revision', value: last.revision } as const);
  const history = releaseCodec.encode(view);
  return [
    expect
      ? { type: 'update', key: { pk, sk }, set: known, expect }
      : { type: 'put', item: { pk, sk, ...set }, expect: { kind: 'absent' } },
    ...(last?.release === deployment.release
      ? []
      : [{ type: 'put', item: history, expect: { kind: 'absent' } } as const]),
  ];
}

async function onboard(
  facts: NonNullable<DeploymentRegistration['tenant']>,
  tenant: TenantRecord | undefined,
  moved: boolean,
  at: string,
  { table, executions }: RegistryDependencies,
): Promise<readonly Write[]> {
  const wanted = { ...facts, adminEmail: facts.adminEmail.toLowerCase() };
  const operationId = newOperationId();
  const pipeline = { kind: 'platform', name: 'pipeline' } as const;
  const operation = { operationId, input: { origin: 'manifest' }, requestedBy: pipeline } as const;
  if (tenant) {
    // What is there already, or is moved, is not onboarded.
    if (tenant.deploymentId !== facts.tenantId || tenant.operation?.kind === 'move') return [];
    const resumption = await resumptionOf(tenant, { table, executions });
    // What the manifest says now holds, also for who asked for the tenant in another way.
    if (resumption === 'waits') return [replaceTenant({ ...tenant, ...wanted, updatedAt: at })];
    const restart = moved ? tenant.status !== 'inactive' : resumption === 'restart';
    if (!restart) return [];
    const claimed: TenantRecord = {
      ...{ ...tenant, ...wanted },
      status: 'provisioning',
      onboardingId: operationId,
    };
    const last = await readOperation(table, tenant.onboardingId);
    // Who asked for the tenant goes on following it.
    const registrationId = last && onboardingInputSchema.parse(last.input).registrationId;
    const input = { ...operation.input, ...(registrationId === undefined ? {} : { registrationId }) };
    const begun = beginOperation(onboarding, { ...operation, input }, claimed, at);
    return [
      replaceTenant(begun.tenant),
      ...begun.writes,
      ...(last ? supersede(last, at) : []),
      ...(registrationId === undefined ? [] : [followOperation(registrationId, begun.operation)]),
    ];
  }
  const record: TenantRecord = {
    ...wanted,
    model: 'silo',
    deploymentId: facts.tenantId,
    status: 'provisioning',
    onboardingId: operationId,
    administrator: 'none',
    createdAt: at,
    updatedAt: at,
    revision: 1,
  };
  const begun = beginOperation(onboarding, operation, record, at);
  return [
    { type: 'put', item: tenantCodec.encode(begun.tenant), expect: { kind: 'absent' } },
    ...begun.writes,
  ];
}

/** Starts an onboarding that was not started yet, and lets one go on that waits for the deployment. */
async function goOn(tenantId: string, dependencies: RegistryDependencies): Promise<void> {
  const { table, executions } = dependencies;
  const tenant = await readTenant(table, tenantId);
  if (!tenant) return;
  await resumeWait({ key: deploymentWait(tenantId), outcome: 'succeeded' }, dependencies);
  if ((await resumptionOf(tenant, { table, executions })) !== 'start') return;
  const operation = await readOperation(table, tenant.onboardingId);
  if (operation) await executions.start(operation);
}

function absentTenant(deploymentId: string): Write {
  return { type: 'check', key: tenantKey(deploymentId), expect: { kind: 'absent' } };
}
