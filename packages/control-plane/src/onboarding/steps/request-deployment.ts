import type { Write } from '../../control-table/control-table';
import { readDeployment } from '../../deployment/deployment-record';
import { publishedEvent } from '../../events/published-event';
import { manifestAccess } from '../../source/manifest-access';
import { requestTenant } from '../../source/request-tenant';
import { closeWait } from '../../workflow/wait-record';
import type { StepOutcome, WorkflowStep } from '../../workflow/workflow';
import {
  deploymentWait,
  type OnboardingContext,
  type OnboardingInput,
  provisioningOf,
} from '../onboarding-input';

/** A pull request waits for people, and a release for its windows: a week, in seconds. */
const PATIENCE = 7 * 24 * 3600;

/**
 * Sees to what is to serve the tenant, and waits until it does: a silo is added to the manifest and registered by
 * the pipeline; a foreign application plane is asked by an event and answers by one.
 */
export const requestDeployment: WorkflowStep<OnboardingInput> = {
  name: 'request-deployment',
  wait: {
    timeoutSeconds: PATIENCE,
    key: (context) =>
      ({
        none: undefined,
        pipeline: deploymentWait(context.tenant.tenantId),
        events: `provision:${context.tenant.tenantId}`,
      })[provisioningOf(context)],
  },
  do: async (context) => {
    const provisioning = provisioningOf(context);
    if (provisioning === 'none') return { skipped: true, writes: leftover(context) };
    return provisioning === 'events' ? askByEvent(context) : addToManifest(context);
  },
  undo: async (context) => {
    const provisioning = provisioningOf(context);
    if (provisioning === 'none') return {};
    return provisioning === 'events' ? takeBackByEvent(context) : takeOutOfManifest(context);
  },
};

/** An onboarding before this one, whose execution ended without a word, may have left its wait open. */
function leftover({ tenant }: OnboardingContext): readonly Write[] {
  return tenant.model === 'silo' ? [closeWait(deploymentWait(tenant.tenantId))] : [];
}

async function addToManifest(context: OnboardingContext): Promise<StepOutcome> {
  const { tenant, table, operation, input } = context;
  const { tenantId, name, tier, adminEmail } = tenant;
  if (await readDeployment(table, tenantId)) return {};
  const { source, way, cell } = await manifestAccess(context.ports, tenant.tier);
  const wanted = { id: tenantId, name, tier, cell: input.cell ?? cell, adminEmail };
  const change = await requestTenant(source, way, wanted, operation);
  return { waiting: true, facts: { change } };
}

/** What was never deployed goes without a trace; what was is left to be offboarded. */
async function takeOutOfManifest(context: OnboardingContext): Promise<StepOutcome> {
  const { tenant, table, operation } = context;
  const { tenantId } = tenant;
  const { source, way } = await manifestAccess(context.ports, tenant.tier);
  const request = { operationId: `${operation.operationId}-undo`, way, tenantId };
  if (await readDeployment(table, tenantId)) await source.offboardTenant(request);
  else await source.removeTenant(request);
  return {};
}

function eventDetail({ tenant, operation }: OnboardingContext) {
  const { tenantId, name: tenantName, tier, adminEmail: email } = tenant;
  return { tenantId, tenantRegistrationId: operation.operationId, tenantName, email, tier };
}

async function askByEvent(context: OnboardingContext): Promise<StepOutcome> {
  const { operationId, run } = context.operation;
  const eventId = `${operationId}:onboarding:${run}`;
  const event = { eventId, detailType: 'sbt_aws_onboardingRequest', detail: eventDetail(context) } as const;
  return { waiting: true, writes: [publishedEvent(event, context.at)] };
}

async function takeBackByEvent(context: OnboardingContext): Promise<StepOutcome> {
  const { operationId, run } = context.operation;
  const eventId = `${operationId}:offboarding:${run}`;
  const event = { eventId, detailType: 'sbt_aws_offboardingRequest', detail: eventDetail(context) } as const;
  return { writes: [publishedEvent(event, context.at)] };
}
