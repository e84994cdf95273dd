import { join } from 'node:path';
import { loadManifest, type Manifest, type ManifestInput, type SiloTenantInput } from '@granary/manifest';
import { App, NestedStack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { context } from '../../cdk.json';
import type { FunctionCode } from '../function-code';
import { ReleasePipelineStack } from '../pipeline';
import { ControlPlaneStage, type DeploymentStage } from '../stage';

// The CDK's own check of templates takes most of a synth's time; `cdk synth` runs it.
process.env.CDK_VALIDATION = 'false';

/** Code that differs by entry, without bundling. */
export const INLINE_CODE: FunctionCode = {
  of: (entry) => Code.fromInline(`exports.handler = async () => '${entry}';`),
};

/** A build of the pages, as far as stacks look at it. */
const SAMPLE_PAGES = join(__dirname, 'pages');

export function sampleTenant(id: string, changes: Partial<SiloTenantInput> = {}): SiloTenantInput {
  return { id, name: id, tier: 'platinum', cell: 'us-1', adminEmail: `admin@${id}.example.com`, ...changes };
}

const SAMPLE_TENANTS: readonly SiloTenantInput[] = [
  sampleTenant('acme', { ring: 'canary' }),
  sampleTenant('globex'),
  sampleTenant('initech', { cell: 'eu-1' }),
];

/** Two pools and three silo tenants in two waves; `changes` replace top-level fields. */
export function sampleManifest(changes: Partial<ManifestInput> = {}): Manifest {
  const plan = (model: 'pool' | 'silo') =>
    ({ model, throttle: { burst: 50, rate: 20 }, quota: { requestsPerDay: 1000 } }) as const;
  const input: ManifestInput = {
    application: 'granary',
    toolchain: {
      account: '111111111111',
      region: 'us-east-1',
      source: { type: 'codecommit', repository: 'granary', branch: 'main' },
    },
    controlPlane: { account: '222222222222', region: 'us-east-1' },
    cells: [
      { id: 'us-1', account: '222222222222', region: 'us-east-1' },
      { id: 'eu-1', account: '333333333333', region: 'eu-west-1' },
    ],
    tiers: { basic: plan('pool'), premium: plan('pool'), platinum: plan('silo') },
    pools: [
      { id: 'pool-us', cell: 'us-1' },
      { id: 'pool-eu', cell: 'eu-1' },
    ],
    tenants: [...SAMPLE_TENANTS],
    rollout: {
      waves: [
        { name: 'canary', rings: ['canary'], bakeMinutes: 60 },
        { name: 'everyone', percentage: 100, bakeMinutes: 15 },
      ],
    },
    ...changes,
  };
  return loadManifest(JSON.stringify(input));
}

/** An application as `cdk synth` makes it from cdk.json, without asset bundling. */
export function sampleApp(): App {
  return new App({ analyticsReporting: false, context });
}

/** The release pipeline of a manifest. */
export function samplePipeline(
  manifest: Manifest = sampleManifest(),
  code: FunctionCode = INLINE_CODE,
): ReleasePipelineStack {
  const { account, region } = manifest.toolchain;
  return new ReleasePipelineStack(sampleApp(), `${manifest.application}-pipeline`, {
    env: { account, region },
    manifest,
    code,
    pages: SAMPLE_PAGES,
  });
}

/** A resource of a template, as far as tests look at it. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's JSON; a test that reads a wrong place fails.
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: unknown;
}

/** Template of a stage's only stack. */
export function stageTemplate(stage: ControlPlaneStage | DeploymentStage): Template {
  return Template.fromStack(stage.stack);
}

/** Template of the control plane, with the resources of the stacks nested in it. */
export function controlPlaneTemplate(manifest: Manifest = sampleManifest()): Template {
  const { stack } = new ControlPlaneStage(sampleApp(), { manifest, code: INLINE_CODE, pages: SAMPLE_PAGES });
  const nested = stack.node.findAll().filter((each) => NestedStack.isNestedStack(each));
  const [whole, ...parts] = [stack, ...nested].map((each) => Template.fromStack(each).toJSON());
  const all = [whole, ...parts].map((each) => each?.Resources);
  return Template.fromJSON({ ...whole, Resources: Object.assign({}, ...all) });
}

/** Resources of a template of one type, or all. */
export function resources(template: Template, type?: string): Record<string, Resource> {
  const all = template.toJSON().Resources as Record<string, Resource>;
  return Object.fromEntries(
    Object.entries(all).filter(([, { Type }]) => type === undefined || Type === type),
  );
}
