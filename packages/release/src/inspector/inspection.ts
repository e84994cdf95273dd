import * as z from 'zod';
import type { ReleasePlan } from '../plan/release-plan';
import type { Version } from '../version/version';

/** What the inspector saw of a stack. */
export const seenStackSchema = z.object({
  /** @default the stack is not there */
  stack: z
    .object({ status: z.string(), templateDigest: z.string(), parameters: z.record(z.string(), z.string()) })
    .exactOptional(),
  /** Resources that are not as the template says. @default CloudFormation has not finished comparing */
  changed: z.array(z.object({ logicalId: z.string(), type: z.string(), change: z.string() })).exactOptional(),
});
export type SeenStack = z.output<typeof seenStackSchema>;

export const listedStacksSchema = z.object({
  stacks: z.array(z.object({ stackName: z.string(), status: z.string() })),
});

/** In which ways a stack is not what was recorded of it, in words; none: nobody changed it by hand. Pure. */
export function changesByHand(version: Version, { stack, changed }: SeenStack): readonly string[] {
  if (!stack) return version.result === 'deleted' ? [] : ['the stack is not there'];
  const parameters = Object.entries(version.parameters).filter(
    ([name, value]) => stack.parameters[name] !== value,
  );
  return [
    ...(stack.templateDigest === version.templateDigest
      ? []
      : [`its template is ${stack.templateDigest.slice(0, 12)}, not ${version.templateDigest.slice(0, 12)}`]),
    ...parameters.map(([name]) => `parameter ${name} differs`),
    ...(changed === undefined ? ['CloudFormation is still comparing its resources; ask again'] : []),
    ...(changed ?? []).map(({ logicalId, type, change }) => `${type} ${logicalId} was ${change}`),
  ];
}

/** Accounts and regions that have or had deployments. */
export function placesOf(plan: ReleasePlan | undefined, current: readonly Version[]) {
  const all = [
    ...current,
    ...(plan?.pools ?? []),
    ...(plan?.waves ?? []).flatMap(({ deployments }) => deployments),
    ...(plan?.removals ?? []),
    ...(plan?.held ?? []),
  ];
  const places = new Map(all.map(({ account, region }) => [`${account}/${region}`, { account, region }]));
  return [...places.values()];
}

/** A stack that no entry of the manifest owns. */
export interface Orphan {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  /** What the records know of it. @default nothing */
  readonly deploymentId?: string;
  readonly kind?: 'pool' | 'silo';
}

/**
 * Stacks of a place that the plan does not own. The platform's own stacks (`reserved`) are nobody's orphans. A
 * tenant that has moved leaves its former stack: the same name, in another place. Pure.
 */
export function orphansIn(
  place: { readonly account: string; readonly region: string },
  stacks: readonly { readonly stackName: string; readonly status: string }[],
  plan: ReleasePlan,
  current: readonly Version[],
): readonly Orphan[] {
  const here = (each: { readonly account: string; readonly region: string }) =>
    each.account === place.account && each.region === place.region;
  const held = new Set((plan.held ?? []).filter(here).map(({ deploymentId }) => deploymentId));
  const owned = new Set(
    [...plan.pools, ...plan.waves.flatMap(({ deployments }) => deployments), ...plan.removals]
      .filter(here)
      .map(({ stackName }) => stackName),
  );
  const reserved = (name: string) =>
    PLATFORM_STACKS.some((each) => `${name}-`.startsWith(`${plan.application}-${each}-`));
  const known = new Map(current.map((version) => [version.stackName, version]));
  return stacks.flatMap(({ stackName, status }) => {
    const record = known.get(stackName);
    const deploymentId = record?.deploymentId ?? stackName.slice(plan.application.length + 1);
    if (owned.has(stackName) || reserved(stackName) || held.has(deploymentId)) return [];
    return [
      {
        stackName,
        ...place,
        status,
        ...(record ? { deploymentId: record.deploymentId, kind: record.kind } : {}),
      },
    ];
  });
}

/** What the platform itself is made of, after the application's name. */
const PLATFORM_STACKS = ['pipeline', 'assets', 'release', 'code', 'control-plane'];
