import * as z from 'zod';
import { publishedEvent } from '../../events/published-event';
import type { Workflow, WorkflowStep } from '../../workflow/workflow';
import { isForeign, setAccess } from '../access';

const inputSchema = z.object({});
export type DeactivationInput = z.output<typeof inputSchema>;

/** Requests are turned away: by the directory within the authorizer's bound, by the key at the gateway. */
const letOut: WorkflowStep<DeactivationInput> = {
  name: 'let-out',
  do: async (context) => {
    if (isForeign(context)) return { skipped: true };
    await setAccess(context, 'inactive');
    return {};
  },
  undo: async (context) => {
    if (!isForeign(context)) await setAccess(context, 'active');
    return {};
  },
};

/** The tenant is inactive, nobody finds its deployment any more, and the world is told. */
const record: WorkflowStep<DeactivationInput> = {
  name: 'record',
  do: async ({ tenant, operation, at }) => {
    const { operationId } = operation;
    const detail = { tenantId: tenant.tenantId, tenantRegistrationId: operationId };
    const eventId = `${operationId}:deactivate`;
    return {
      tenant: { status: 'inactive' },
      writes: [publishedEvent({ eventId, detailType: 'sbt_aws_deactivateRequest', detail }, at)],
    };
  },
};

/** From an active tenant to an inactive one: rows, users, key and place stay as they are. */
export const deactivation: Workflow<DeactivationInput> = {
  kind: 'deactivation',
  input: inputSchema,
  steps: [letOut, record],
};
