import { tierNameSchema } from '@granary/api';
import * as z from 'zod';
import { moveKey } from '../../quota/key-placement';
import { PermanentStepError } from '../../workflow/step-error';
import type { StepContext, Workflow, WorkflowStep } from '../../workflow/workflow';

const inputSchema = z.object({
  /** The tenant's tier before. */
  from: tierNameSchema,
  to: tierNameSchema,
});
export type PlanChangeInput = z.output<typeof inputSchema>;
type Context = StepContext<PlanChangeInput>;

const validate: WorkflowStep<PlanChangeInput> = {
  name: 'validate',
  do: async (context) => {
    await planOf(context, context.input.to);
    return {};
  },
};

/** The authorizer reads the tier from the directory: it holds within its bound, whatever a token says. */
const enterTier: WorkflowStep<PlanChangeInput> = {
  name: 'enter-tier',
  do: async (context) => {
    if (!(await setTier(context, context.input.to))) throw new PermanentStepError('superseded');
    return {};
  },
  undo: async (context) => {
    await setTier(context, context.input.from);
    return {};
  },
};

/** The key goes to the new tier's plan. One on limits of the tenant's own stays: they hold whatever the tier. */
const moveToPlan: WorkflowStep<PlanChangeInput> = {
  name: 'move-key',
  do: async (context) => {
    if (context.tenant.override) return { skipped: true };
    await place(context, context.input.to);
    return {};
  },
  undo: async (context) => {
    if (!context.tenant.override) await place(context, context.input.from);
    return {};
  },
};

/** The next tokens name the new tier. */
const tellUsers: WorkflowStep<PlanChangeInput> = {
  name: 'tell-users',
  do: async (context) => {
    await setUsersTier(context, context.input.to);
    return {};
  },
  undo: async (context) => {
    await setUsersTier(context, context.input.from);
    return {};
  },
};

const record: WorkflowStep<PlanChangeInput> = {
  name: 'record',
  do: async ({ input }) => ({ tenant: { tier: input.to } }),
};

/** From one tier of a deployment to another: the new limits at once, without moving a row. */
export const planChange: Workflow<PlanChangeInput> = {
  kind: 'plan-change',
  input: inputSchema,
  steps: [validate, enterTier, moveToPlan, tellUsers, record],
};

async function planOf(context: Context, tier: string): Promise<string> {
  const planId = (await context.deployment()).usagePlanIds[tier];
  if (planId === undefined) throw new PermanentStepError('deployment-changed');
  return planId;
}

async function setTier(context: Context, tier: string): Promise<boolean> {
  const { tenantId, onboardingId } = context.tenant;
  const { directory } = context.open(await context.deployment());
  return directory.setTier({ tenantId, onboardingId, tier, updatedAt: context.at });
}

async function place(context: Context, tier: string): Promise<void> {
  const { usageKeyId } = context.tenant;
  if (usageKeyId === undefined) throw new PermanentStepError('deployment-changed');
  await moveKey(context.open(await context.deployment()), usageKeyId, await planOf(context, tier));
}

async function setUsersTier(context: Context, tier: string): Promise<void> {
  const { users } = context.open(await context.deployment());
  for (const { email } of await users.of(context.tenant.tenantId)) await users.setTier(email, tier);
}
