import * as z from 'zod';
import { publishedEvent } from '../../events/published-event';
import type { Workflow, WorkflowStep } from '../../workflow/workflow';
import { isForeign, setAccess } from '../access';

const inputSchema = z.object({});
export type ActivationInput = z.output<typeof inputSchema>;

/** Key and directory entry let the tenant's requests through again. */
const letIn: WorkflowStep<ActivationInput> = {
  name: 'let-in',
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    await setAccess(context, 'active');
    return {};
  },
  undo: async (context) => {
    if (!isForeign(context)) await setAccess(context, 'inactive');
    return {};
  },
  // Nobody is let in by half.
  undoWhenGivenUp: true,
};

/** The tenant is active, and the world is told. */
const record: WorkflowStep<ActivationInput> = {
  name: 'record',
  do: async ({ tenant, operation, at }) => {
    const { tenantId, name: tenantName, tier } = tenant;
    const { operationId } = operation;
    const detail = { tenantId, tenantRegistrationId: operationId, tenantName, tier };
    const eventId = `${operationId}:activate`;
    return {
      tenant: { status: 'active' },
      writes: [publishedEvent({ eventId, detailType: 'sbt_aws_activateRequest', detail }, at)],
    };
  },
};

/** From an inactive tenant to an active one: what a deactivation took is given back. */
export const activation: Workflow<ActivationInput> = {
  kind: 'activation',
  input: inputSchema,
  steps: [letIn, record],
};
