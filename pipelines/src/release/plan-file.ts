import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeploymentTarget, type Manifest, planRollout, type RolloutPlan } from '@granary/manifest';
import { canonicalTemplate, type PlannedDeployment } from '@granary/release';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { templateName, templateParameters } from '../distributed/tier-templates';

/** Folder of the cloud assembly that the publishing step works in. */
export const RELEASE_FOLDER = 'release';

/** A template of the plan: its digest and its text. */
export interface PlannedTemplate {
  readonly digest: string;
  readonly body: string;
}

/**
 * The plan of a release, as `plans/<release>.json` has it: what `planRollout` says, with what each deployment is
 * made of. In pipeline mode the pipeline deploys them, and the plan tells the gates which there are.
 * @param templates by `templateName`; none in pipeline mode
 */
export function releasePlan(manifest: Manifest, templates: ReadonlyMap<string, PlannedTemplate>) {
  const plan: RolloutPlan = planRollout(manifest);
  const planned = (target: DeploymentTarget): PlannedDeployment => {
    const { id, kind, account, region, stackName } = target;
    const place = { deploymentId: id, kind, account, region, stackName };
    if (target.kind === 'pool') return { ...place, parameters: {} };
    const { name, tier, adminEmail } = target.tenant;
    const template = templates.get(templateName(target));
    return {
      ...place,
      ...(template ? { templateDigest: template.digest } : {}),
      parameters: template ? templateParameters(manifest, target) : {},
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
    windows: plan.windows,
    freeze: plan.freeze,
  };
}

/** Templates of the stage that nobody deploys, from the files that the synthesis wrote. */
export function synthesizedTemplates(assembly: CloudAssembly): ReadonlyMap<string, PlannedTemplate> {
  const nested = assembly.nestedAssemblies.find(({ displayName }) => displayName.endsWith('Templates'));
  if (!nested) return new Map();
  return new Map(
    nested.nestedAssembly.stacks.map((stack) => [
      stack.hierarchicalId.split('/').at(-1) ?? '',
      canonicalTemplate(readFileSync(join(nested.nestedAssembly.directory, stack.templateFile), 'utf8')),
    ]),
  );
}
