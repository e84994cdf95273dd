import { type Manifest, type TenantTarget, tenantTargets } from '@granary/manifest';
import { DefaultStackSynthesizer, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionCode } from '../function-code';
import { codeBucketName } from '../names';
import { ReleaseError } from '../release-error';
import { identitySettings, PARAMETER_BYTES, PARAMETERS } from '../stacks/deployment-settings';
import { TenantStack } from '../stacks/tenant-stack';

/** The template that a silo is made from: the tier, who vends, and whether others issue the tokens. */
export function templateName({ tiers, credentialVending, identity }: TenantTarget): string {
  return [tiers[0]?.name, credentialVending, ...(identity ? ['oidc'] : [])].join('-');
}

/**
 * Values of the template's parameters for a silo.
 * @throws ReleaseError when a value does not fit into a parameter
 */
export function templateParameters(manifest: Manifest, target: TenantTarget): Record<string, string> {
  const { application, toolchain } = manifest;
  const [tier] = target.tiers;
  if (!tier) throw new Error(`tenant "${target.id}" has no tier`);
  const identity = target.identity && identitySettings(target.identity);
  const bytes = Buffer.byteLength(identity?.json ?? '');
  if (bytes > PARAMETER_BYTES)
    throw new ReleaseError(
      `tenant "${target.id}": its identity takes ${bytes} bytes as JSON, a CloudFormation parameter holds ${PARAMETER_BYTES}; shorten it, or keep to the pipeline engine`,
    );
  return {
    [PARAMETERS.deploymentId]: target.id,
    [PARAMETERS.rate]: String(tier.throttle.rate),
    [PARAMETERS.burst]: String(tier.throttle.burst),
    [PARAMETERS.requestsPerDay]: String(tier.quota.requestsPerDay),
    [PARAMETERS.codeBucket]: codeBucketName(application, {
      account: toolchain.account,
      region: target.region,
    }),
    ...(identity
      ? {
          [PARAMETERS.identity]: identity.json,
          [PARAMETERS.identityHost]: identity.host,
          [PARAMETERS.identityAudience]: identity.audience,
        }
      : {}),
  };
}

/** Regions that silos are in. */
export function siloRegions(manifest: Manifest): readonly string[] {
  return [...new Set(tenantTargets(manifest).map(({ region }) => region))].sort();
}

export interface TierTemplatesProps {
  readonly manifest: Manifest;
  readonly code: FunctionCode;
}

/**
 * One template for each silo tier, and for each further shape that some tenant has. The stage is synthesized with
 * the others and deployed by none: a step publishes its templates and code, the state machine makes stacks of them.
 */
export class TierTemplates extends Stage {
  readonly templates: ReadonlyMap<string, TenantStack>;

  constructor(scope: Construct, { manifest, code }: TierTemplatesProps) {
    super(scope, 'Templates');
    const { application, controlPlane, toolchain } = manifest;
    const templates = new Map<string, TenantStack>();
    for (const target of tenantTargets(manifest)) {
      const name = templateName(target);
      if (templates.has(name)) continue;
      const { identity, credentialVending } = target;
      const stack = new TenantStack(this, name, {
        description: 'Granary: a deployment of the application plane',
        application,
        deploymentId: name,
        tiers: target.tiers,
        ...(identity ? { identity } : {}),
        credentialVending,
        controlAccount: controlPlane.account,
        controlRegion: controlPlane.region,
        toolchainAccount: toolchain.account,
        code,
        settings: 'open',
        suppressTemplateIndentation: true,
        synthesizer: new DefaultStackSynthesizer({
          // Published by the step's own role; the placeholders are filled in then, once for each region.
          fileAssetsBucketName: `${application}-code-\${AWS::AccountId}-\${AWS::Region}`,
          fileAssetPublishingRoleArn: '',
        }),
      });
      templates.set(name, stack);
    }
    this.templates = templates;
  }

  /** Where the assets of the templates are listed, relative to the cloud assembly. */
  get assetManifests(): readonly string[] {
    return [...this.templates.values()].map(
      (stack) => `assembly-${this.artifactId.replace(/^assembly-/, '')}/${stack.artifactId}.assets.json`,
    );
  }
}
