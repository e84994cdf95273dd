import { type DeploymentTarget, stackName } from '../deployment';
import { diffManifests, type ManifestDiff } from '../diff/manifest-diff';
import { explainEngine, type PlannedEngine } from '../engine';
import type { Manifest } from '../manifest';
import { pipelineShape } from '../quota/pipeline-shape';
import { type QuotaUse, quotaUses } from '../quota/quota-use';
import type { QuotaId } from '../quota/quotas';
import { planRollout, type RolloutPlan } from '../rollout';
import type { StackedChange } from '../template/template-change';
import { previewRefusals, type Refusal } from './refusals';
import { type TenantChanges, tenantChanges } from './tenant-changes';
import { previewWarnings } from './warnings';
import { distinct, type WaveImpact, waveImpacts } from './wave-impact';

/** What the manifests do not say. */
export interface ReleaseFacts {
  /** Stateful resources that the new templates would replace. @default none is known */
  readonly replacements?: readonly StackedChange[];
  /** Limits that AWS has raised. @default those of a new account */
  readonly raisedQuotas?: Readonly<Partial<Record<QuotaId, number>>>;
}

/** What a push of a manifest would do. */
export interface ReleasePreview {
  readonly engine: { readonly mode: PlannedEngine; readonly why: string };
  /** Compared with what was released last; when nothing was, all is new. */
  readonly diff: ManifestDiff;
  readonly tenants: TenantChanges;
  readonly stacks: number;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly pipeline: { readonly stages: number; readonly actions: number };
  readonly waves: readonly WaveImpact[];
  readonly quotas: readonly QuotaUse[];
  readonly replacements: readonly (StackedChange & { readonly confirmed: boolean })[];
  /** What is allowed and should be looked at. */
  readonly warnings: readonly string[];
  /** What must not be pushed. */
  readonly refusals: readonly Refusal[];
  readonly plan: RolloutPlan;
}

/**
 * Compares two manifests and says what releasing the second one does. Pure.
 *
 * @param before what was released last; without it everything is new
 * @throws RolloutError if the manifest asks for the pipeline engine with more tenants than it carries.
 */
export function planRelease(
  before: Manifest | undefined,
  after: Manifest,
  { replacements = [], raisedQuotas = {} }: ReleaseFacts = {},
): ReleasePreview {
  const plan = planRollout(after);
  const diff = diffManifests(before ?? nothingOf(after), after);
  const tenants = tenantChanges(diff);
  const quotas = quotaUses(after, plan, raisedQuotas);
  const confirmed = new Set(after.rollout.confirmedReplacements.map(({ resource }) => resource));
  const judged = replacements.map((each) => ({ ...each, confirmed: confirmed.has(each.resource) }));
  const deployed: readonly DeploymentTarget[] = [
    ...plan.pools,
    ...plan.waves.flatMap((wave) => wave.tenants),
  ];
  const { stages, actions } = pipelineShape({
    engine: plan.engine,
    pools: plan.pools.length,
    waves: plan.waves
      .filter(({ skip }) => skip === undefined)
      .map((wave) => ({ tenants: wave.tenants.length, approval: wave.approval })),
  });
  const preview = {
    engine: { mode: plan.engine, why: explainEngine(after) },
    diff,
    tenants,
    // The control plane's is one of them.
    stacks: deployed.length + 1,
    accounts: [...new Set([after.controlPlane.account, ...distinct(deployed, ({ account }) => account)])],
    regions: [...new Set([after.controlPlane.region, ...distinct(deployed, ({ region }) => region)])],
    pipeline: { stages, actions },
    waves: waveImpacts(plan),
    quotas,
    replacements: judged,
    plan,
  };
  const stackOf = (id: string) => stackName(after, id);
  return {
    ...preview,
    warnings: previewWarnings(preview, stackOf),
    refusals: previewRefusals(preview),
  };
}

function nothingOf(manifest: Manifest): Manifest {
  return { ...manifest, tenants: [], pools: [] };
}
