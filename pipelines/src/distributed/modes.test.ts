import { type Manifest, type SiloTenantInput, tenantTargets } from '@granary/manifest';
import { STATEFUL_TYPES } from '@granary/release';
import { Template } from 'aws-cdk-lib/assertions';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { releasePlan, synthesizedTemplates } from '../release/plan-file';
import { PARAMETERS } from '../stacks/deployment-settings';
import { DeploymentStage } from '../stage';
import { joined } from '../testing/resolved-template';
import {
  INLINE_CODE,
  type Resource,
  resources,
  sampleApp,
  sampleManifest,
  samplePipeline,
  sampleTenant,
} from '../testing/sample';
import { TierTemplates, templateName, templateParameters } from './tier-templates';

const rollout = (engine: 'pipeline' | 'distributed', manifest = sampleManifest()) => ({
  rollout: { ...manifest.rollout, engine },
});

function pipelineTemplate(manifest: Manifest, id: string) {
  const target = tenantTargets(manifest).find((each) => each.id === id);
  if (!target) throw new Error(`no tenant "${id}"`);
  return {
    target,
    template: Template.fromStack(
      new DeploymentStage(sampleApp(), target, { manifest, code: INLINE_CODE }).stack,
    ),
  };
}

function tierTemplate(manifest: Manifest, name: string) {
  const stack = new TierTemplates(sampleApp(), { manifest, code: INLINE_CODE }).templates.get(name);
  if (!stack) throw new Error(`no template "${name}"`);
  return Template.fromStack(stack);
}

/** A resource's logical id by its type, of those that hold what cannot be made again. */
const stateful = (all: Record<string, Resource>) =>
  Object.entries(all)
    .filter(([, { Type }]) => STATEFUL_TYPES.has(Type))
    .map(([id, { Type }]) => `${Type} ${id}`);

/** What a template that leaves its place open has instead of it. */
const PLACE = {
  '{"Ref":"AWS::Region"}': '"us-east-1"',
  '{"Ref":"AWS::AccountId"}': '"222222222222"',
  '{"Ref":"AWS::Partition"}': '"aws"',
  '{"Ref":"AWS::URLSuffix"}': '"amazonaws.com"',
} as const;

const OIDC = {
  type: 'oidc',
  issuer: 'https://login.example.com/tenant',
  audience: 'granary',
} as const;
const SHAPES: readonly [string, Partial<SiloTenantInput>][] = [
  ['platinum-authorizer', {}],
  ['platinum-authorizer-oidc', { identity: OIDC }],
  ['platinum-web-identity', { credentialVending: 'web-identity' }],
  ['platinum-web-identity-oidc', { credentialVending: 'web-identity', identity: OIDC }],
  ['platinum-authorizer', { throttle: { burst: 7, rate: 3 }, quota: { requestsPerDay: 11 } }],
];

describe.each(SHAPES)('a silo of shape %s', (name, changes) => {
  const manifest = sampleManifest({ tenants: [sampleTenant('acme', { ring: 'canary', ...changes })] });
  const { target, template } = pipelineTemplate(manifest, 'acme');
  const open = tierTemplate(manifest, name);

  test('has the same stateful resources in both modes, and the same stack name', () => {
    expect(templateName(target)).toBe(name);
    const ids = stateful(resources(template));
    expect(ids.length).toBeGreaterThan(3);
    expect(stateful(resources(open))).toEqual(ids);
    const plan = releasePlan(
      { ...manifest, ...rollout('distributed', manifest) },
      new Map([[name, { digest: 'd', body: '' }]]),
    );
    expect(plan.waves.flatMap(({ deployments }) => deployments)).toEqual([
      expect.objectContaining({ stackName: target.stackName, templateDigest: 'd' }),
    ]);
  });

  test('differs between the modes in the place and the parameters’ defaults only', () => {
    const plain = ({ Parameters, Resources }: Record<string, object>) => {
      const text = JSON.stringify({ Resources, Parameters: withoutDefaults(Parameters ?? {}) });
      return joined(
        JSON.parse(
          Object.entries(PLACE).reduce((all, [ref, value]) => all.replaceAll(ref, value), snapshotless(text)),
        ),
      );
    };
    expect(plain(open.toJSON())).toEqual(plain(template.toJSON()));
  });

  test('gets every parameter that its template has no default for', () => {
    const { Parameters } = open.toJSON() as { Parameters: Record<string, { Default?: unknown }> };
    const needed = Object.entries(Parameters).filter(([, { Default }]) => Default === undefined);
    expect(Object.keys(templateParameters(manifest, target)).sort()).toEqual(needed.map(([id]) => id).sort());
    expect(templateParameters(manifest, target)).toMatchObject({ [PARAMETERS.deploymentId]: 'acme' });
  });
});

function withoutDefaults(parameters: object): object {
  return Object.fromEntries(Object.entries(parameters).map(([id, { Default: _, ...rest }]) => [id, rest]));
}

/** The API's snapshot is named by its content, which holds the place. */
function snapshotless(text: string): string {
  return text.replaceAll(/(ApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1');
}

/** What a synthesis of so many tenants makes. */
function synth(count: number) {
  const tenants = Array.from({ length: count }, (_, index) =>
    sampleTenant(`tenant-${String(index).padStart(5, '0')}`, { cell: index % 2 ? 'us-1' : 'eu-1' }),
  );
  const base = sampleManifest({ tenants });
  const manifest: Manifest = { ...base, ...rollout('distributed', base) };
  const stack = samplePipeline(manifest);
  const assembly: CloudAssembly = (stack.node.root as ReturnType<typeof sampleApp>).synth();
  const templates = synthesizedTemplates(assembly);
  return {
    pipeline: JSON.stringify(assembly.getStackByName(stack.stackName).template),
    templates: [...templates].map(([name, { digest }]) => [name, digest]),
    plan: releasePlan(manifest, templates),
  };
}

test('what is synthesized for 3, 1,000 and 10,000 tenants is the same but for the plan', () => {
  const [few, many, most] = [3, 1_000, 10_000].map(synth);
  expect(many?.pipeline).toBe(few?.pipeline);
  expect(most?.pipeline).toBe(few?.pipeline);
  expect(many?.templates).toEqual(few?.templates);
  expect(most?.templates).toEqual(few?.templates);
  expect(few?.templates).toHaveLength(1);
  expect(most?.plan.waves.flatMap(({ deployments }) => deployments)).toHaveLength(10_000);
});
