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
  return members
    .map((member) => ({ member, rank: rank(member) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, CANARY_SAMPLE)
    .map(({ member }) => member);
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
