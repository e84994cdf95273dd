import type { OnboardingStep } from '@granary/api';
import type { ControlTable } from '../control-table/control-table';
import { type DeploymentRecord, readDeployment } from '../deployment/deployment-record';
import type { OpenDeployment } from '../deployment-access/deployment-access';
import { stepFailed, stepStarted, stepSucceeded } from '../registration/registration-progress';
import {
  type RegistrationRecord,
  readRegistration,
  replaceRegistration,
} from '../registration/registration-record';
import { readTenant, replaceTenant, type TenantRecord } from '../tenant/tenant-record';
import { stepErrorOf } from '../workflow/failure';
import type { FailureReason } from '../workflow/failure-reason';
import { PermanentStepError, TransientStepError } from '../workflow/step-error';
import { activate } from './steps/activate';
import { admitTenant } from './steps/admit-tenant';
import { createAdmin } from './steps/create-admin';
import { createUsageKey } from './steps/create-usage-key';
import type { Step } from './steps/step';

const STEPS: Readonly<Record<OnboardingStep, Step>> = {
  'create-usage-key': createUsageKey,
  'admit-tenant': admitTenant,
  'create-admin': createAdmin,
  activate,
};

/** Reasons that leave no doubt: Cognito made no user. */
const NOBODY_INVITED: ReadonlySet<FailureReason> = new Set(['email-taken', 'email-refused']);

export interface OnboardingDependencies {
  readonly table: ControlTable;
  readonly open: OpenDeployment;
  /** First part of the names of API keys. */
  readonly application: string;
  readonly now: () => Date;
}

/**
 * Takes one step of a registration and records what came of it. A step that was taken before is taken again
 * without harm.
 * @throws TransientStepError when another try may succeed
 * @throws PermanentStepError when it would not
 */
export async function takeStep(
  registrationId: string,
  step: OnboardingStep,
  dependencies: OnboardingDependencies,
): Promise<void> {
  try {
    await attempt(registrationId, step, dependencies);
  } catch (error) {
    throw stepErrorOf(error);
  }
}

async function attempt(
  registrationId: string,
  step: OnboardingStep,
  { table, open, application, now }: OnboardingDependencies,
): Promise<void> {
  const run = await readRun(registrationId, table);
  if (run.registration.status === 'succeeded') return;
  if (run.registration.status === 'failed') throw new PermanentStepError('already-ended');
  const { deployment } = run;
  const { registration, tenant } = await save(table, {
    registration: stepStarted(run.registration, step, now().toISOString()),
    // Before anybody is invited: whatever happens then, the id is not given to somebody else.
    tenant: step === 'create-admin' ? { ...run.tenant, administrator: 'perhaps' } : run.tenant,
  });
  try {
    const access = open(deployment);
    const at = now().toISOString();
    const outcome = await STEPS[step]({ tenant, deployment, access, application, at });
    await save(table, {
      registration: stepSucceeded(registration, step, now().toISOString()),
      tenant: { ...tenant, ...outcome, updatedAt: at },
    });
  } catch (error) {
    const failure = stepErrorOf(error);
    try {
      await save(table, {
        registration: stepFailed(registration, step, failure.reason, now().toISOString()),
        tenant: NOBODY_INVITED.has(failure.reason) ? { ...tenant, administrator: 'none' } : tenant,
      });
    } catch {
      throw new TransientStepError(failure.reason, { cause: error });
    }
    throw failure;
  }
}

/** What a step changes: both records in one transaction, so that a registration that was superseded cannot. */
interface Progress {
  readonly registration: RegistrationRecord;
  readonly tenant: TenantRecord;
}

interface Run extends Progress {
  readonly deployment: DeploymentRecord;
}

/** The registration with its tenant, as long as no newer registration took the tenant over. */
async function readRun(registrationId: string, table: ControlTable): Promise<Run> {
  const registration = await readRegistration(table, registrationId);
  if (!registration) throw new PermanentStepError('superseded');
  const tenant = await readTenant(table, registration.tenantId);
  if (tenant?.registrationId !== registrationId) throw new PermanentStepError('superseded');
  const deployment = await readDeployment(table, registration.deploymentId);
  if (!deployment) throw new PermanentStepError('deployment-changed');
  return { registration, tenant, deployment };
}

async function save(table: ControlTable, { registration, tenant }: Progress): Promise<Progress> {
  await table.write([replaceRegistration(registration), replaceTenant(tenant)]);
  return {
    registration: { ...registration, revision: registration.revision + 1 },
    tenant: { ...tenant, revision: tenant.revision + 1 },
  };
}
