import { createHash } from 'node:crypto';

/** Deployments of a wave that the canary asks, at most. Alarms are read of all of them. */
export const CANARY_SAMPLE = 50;

/**
 * The deployments that a canary asks: all of a small wave, of a large one a sample that is another in each run and
 * the same throughout a run, so that their requests add up.
 */
export function canarySample<Member extends { readonly deploymentId: string }>(
  members: readonly Member[],
  runId: string,
): readonly Member[] {
  if (members.length <= CANARY_SAMPLE) return members;
  const rank = ({ deploymentId }: Member) =>
    createHash('sha256').update(`${runId}/${deploymentId}`).digest('hex');
  const taken: { readonly member: Member; readonly rank: string }[] = [];
  for (const member of members) {
    const ranked = { member, rank: rank(member) };
    const last = taken.at(-1);
    if (taken.length === CANARY_SAMPLE && last && last.rank < ranked.rank) continue;
    const place = taken.findIndex((each) => ranked.rank < each.rank);
    taken.splice(place < 0 ? taken.length : place, 0, ranked);
    if (taken.length > CANARY_SAMPLE) taken.pop();
  }
  return taken.map(({ member }) => member);
}

export interface FlowsInput {
  /** Requests that are still missing. */
  readonly missing: number;
  /** Looks that are left, this one included; 1 or more. */
  readonly looks: number;
  /** Deployments that are asked; 1 or more. */
  readonly deployments: number;
  readonly requestsPerFlow: number;
  readonly most: number;
}

/** Flows of each deployment in one look: one at least, and so many that the missing samples are there in time. */
export function flowsPerLook({ missing, looks, deployments, requestsPerFlow, most }: FlowsInput): number {
  const flows = Math.ceil(missing / (Math.max(1, looks) * Math.max(1, deployments) * requestsPerFlow));
  return Math.min(most, Math.max(1, flows));
}
