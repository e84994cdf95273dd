import {
  type DeploymentTarget,
  type Manifest,
  planRollout,
  type RolloutPlan,
  type TenantTarget,
} from '@granary/manifest';
import type { PlannedDeployment } from './release-plan';

/** What a deployment is made of, where the state machine makes it. */
export interface DeploymentMake {
  readonly templateDigest: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The plan of a release, as `plans/<release>.json` has it: what `planRollout` says, with what each deployment is
 * made of. In pipeline mode the pipeline deploys them, and the plan tells the gates which there are.
 *
 * @param makeOf undefined for what the pipeline deploys
 */
export function plannedRelease(
  manifest: Manifest,
  makeOf: (target: TenantTarget) => DeploymentMake | undefined,
) {
  const plan: RolloutPlan = planRollout(manifest);
  const planned = (target: DeploymentTarget): PlannedDeployment => {
    const { id, kind, account, region, stackName } = target;
    const place = { deploymentId: id, kind, account, region, stackName };
    if (target.kind === 'pool') return { ...place, parameters: {} };
    const { name, tier, adminEmail } = target.tenant;
    const make = makeOf(target);
    return {
      ...place,
      ...(make ? { templateDigest: make.templateDigest } : {}),
      parameters: { ...make?.parameters },
      tenant: { tenantId: id, name, tier, adminEmail },
    };
  };
  return {
    application: manifest.application,
    engine: plan.engine,
    pools: plan.pools.map(planned),
    waves: plan.waves.map(({ tenants, empty: _, ...wave }) => ({
      ...wave,
      deployments: tenants.map(planned),
    })),
    removals: plan.offboarding.map(planned),
    held: plan.held.map(({ id, account, region, tenant }) => ({
      deploymentId: id,
      account,
      region,
      version: tenant.version ?? '',
    })),
    windows: plan.windows,
    freeze: plan.freeze,
  };
}
