import type { PlannedDeployment, ReleasePlan } from './release-plan';

/** What a release does to one deployment, against the release before it. */
export interface PlanChange {
  readonly deploymentId: string;
  /**
   * `moved`: another account or region. `wave`: another wave. `pinned`: releases pass it by. `leaving`: its stack
   * goes once its data is purged. `vanished`: no entry names it any more, and its stack stays. `revived`: it was
   * leaving. `template`: another template, where the plan names templates.
   */
  readonly change: 'added' | 'moved' | 'wave' | 'pinned' | 'leaving' | 'vanished' | 'revived' | 'template';
  /** @default nothing */
  readonly from?: string;
  readonly to?: string;
}

interface Placed {
  readonly state: 'released' | 'held' | 'leaving';
  readonly place: string;
  /** @default it is in none */
  readonly wave?: string;
  readonly template?: string | undefined;
}

/** What differs between two plans, by deployment. Pure. @param before @default everything is new */
export function planChanges(before: ReleasePlan | undefined, after: ReleasePlan): readonly PlanChange[] {
  const former = before ? placed(before) : new Map<string, Placed>();
  const next = placed(after);
  const ids = [...new Set([...former.keys(), ...next.keys()])].sort();
  return ids.flatMap((deploymentId) =>
    differences(former.get(deploymentId), next.get(deploymentId)).map((change) => ({
      deploymentId,
      ...change,
    })),
  );
}

function differences(
  from: Placed | undefined,
  to: Placed | undefined,
): readonly Omit<PlanChange, 'deploymentId'>[] {
  if (!to) return from ? [{ change: 'vanished', from: from.place }] : [];
  if (!from) return to.state === 'leaving' ? [] : [{ change: 'added', to: to.wave ?? to.place }];
  const changes: Omit<PlanChange, 'deploymentId'>[] = [];
  if (from.place !== to.place) changes.push({ change: 'moved', from: from.place, to: to.place });
  if (from.state !== to.state) {
    if (to.state === 'leaving') changes.push({ change: 'leaving' });
    if (to.state === 'held') changes.push({ change: 'pinned' });
    if (to.state === 'released' && from.state === 'leaving') changes.push({ change: 'revived' });
  }
  if (from.wave !== undefined && to.wave !== undefined && from.wave !== to.wave)
    changes.push({ change: 'wave', from: from.wave, to: to.wave });
  if (from.template !== undefined && to.template !== undefined && from.template !== to.template)
    changes.push({ change: 'template', from: from.template.slice(0, 12), to: to.template.slice(0, 12) });
  return changes;
}

function placed(plan: ReleasePlan): ReadonlyMap<string, Placed> {
  const of = (
    state: Placed['state'],
    { account, region, templateDigest }: Pick<PlannedDeployment, 'account' | 'region' | 'templateDigest'>,
    wave?: string,
  ): Placed => ({
    state,
    place: `${account}/${region}`,
    ...(wave === undefined ? {} : { wave }),
    template: templateDigest,
  });
  return new Map<string, Placed>([
    ...plan.pools.map((pool) => [pool.deploymentId, of('released', pool, 'pools')] as const),
    ...plan.waves.flatMap(({ name, deployments }) =>
      deployments.map((each) => [each.deploymentId, of('released', each, name)] as const),
    ),
    ...plan.removals.map((each) => [each.deploymentId, of('leaving', each)] as const),
    ...(plan.held ?? []).map((each) => [each.deploymentId, of('held', each)] as const),
  ]);
}
