import type { WorkflowStep } from '../../../workflow/workflow';
import { type MoveInput, targetOf } from '../move-input';
import { ownPeople, placeOf } from '../sync-users';

/** Invitations that one call sends at most. */
const AT_ONCE = 100;

/** No password can be copied: everybody who may sign in is invited to the target, with a temporary one. */
export const invite: WorkflowStep<MoveInput> = {
  name: 'invite',
  repeats: true,
  do: async (context) => {
    const target = targetOf(context);
    const { users } = context.open(await context.deployment(target.deploymentId));
    const after = (context.operation.facts.invited as string | undefined) ?? '';
    const left = (await ownPeople(context, target)).filter((person) => placeOf(person) > after);
    const part = left.slice(0, AT_ONCE);
    for (const { email, enabled } of part) if (enabled) await users.resend(email);
    const last = part.at(-1);
    const facts = last ? { invited: placeOf(last) } : {};
    return left.length > part.length ? { facts, again: 0 } : { facts };
  },
};
