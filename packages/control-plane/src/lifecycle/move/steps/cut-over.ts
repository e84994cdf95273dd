import type { Write } from '../../../control-table/control-table';
import { publishedEvent } from '../../../events/published-event';
import type { WorkflowStep } from '../../../workflow/workflow';
import { setAccess } from '../../access';
import { workOnRows } from '../../row-work';
import { type MoveContext, type MoveEnd, type MoveInput, sourceOf, targetOf } from '../move-input';
import { syncUsers } from '../sync-users';

/** The source lets nobody in any more, the target does, and one transaction says where the tenant is. */
export const cutOver: WorkflowStep<MoveInput> = {
  name: 'cut-over',
  repeats: true,
  do: async (context) => {
    const [source, target] = [sourceOf(context), targetOf(context)];
    await setAccess(context, 'inactive', source);
    await setAccess(context, source.status, target);
    const usageKeyId = context.operation.facts.usageKeyId as string;
    return {
      tenant: { ...target, usageKeyId },
      facts: { cutOverAt: context.at },
      writes: [moved(context, target, 'moved')],
    };
  },
  undo: async (context) => {
    const [source, target] = [sourceOf(context), targetOf(context)];
    // Before the record named the target, nobody could know of it and nothing was written there.
    const served = context.tenant.deploymentId === target.deploymentId;
    if (served) {
      const back = await bringBack(context);
      if (back.again !== undefined) return back;
    }
    await setAccess(context, 'inactive', target);
    await setAccess(context, source.status, source);
    const { deploymentId, tier, model, accessName, usageKeyId } = source;
    return {
      tenant: { deploymentId, tier, model, accessName, usageKeyId },
      writes: served ? [moved(context, source, 'moved-back')] : [],
    };
  },
};

/** Tells the edge, and whoever else routes requests. */
function moved(
  { tenant: { tenantId }, operation: { operationId }, at }: MoveContext,
  { deploymentId, tier }: MoveEnd,
  what: 'moved' | 'moved-back',
): Write {
  const detail = { tenantId, operationId, deploymentId, tier };
  return publishedEvent({ eventId: `${operationId}:${what}`, detailType: 'granary_tenantMoved', detail }, at);
}

/** What the tenant wrote at the target, and whom it made a user there, goes to the source, by verified copy. */
async function bringBack(context: MoveContext) {
  const [source, target] = [sourceOf(context), targetOf(context)];
  const between = { from: target.deploymentId, to: source.deploymentId };
  const rows = await workOnRows(context, [
    ['back-freeze', { action: 'freeze', deploymentId: target.deploymentId }],
    ['back-copy', { action: 'copy', ...between, tier: source.tier }],
    ['back-verify', { action: 'verify', ...between }],
  ]);
  if (rows.facts) return { ...rows, again: rows.again ?? 0 };
  return syncUsers(context, { pass: 'back', from: target, to: source, newcomers: 'invited' });
}
