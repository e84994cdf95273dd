import {
  DEPLOYMENT_FOOTPRINT,
  DEPLOYMENT_RESOURCES,
  type Manifest,
  PLACE_FOOTPRINT,
  POOL_TIER_FOOTPRINT,
  pipelineShape,
  planRollout,
  tiersOf,
} from '@granary/manifest';
import { Template } from 'aws-cdk-lib/assertions';
import { deployment } from './testing/deployment';
import {
  controlPlaneTemplate,
  resources,
  sampleManifest,
  samplePipeline,
  sampleTenant,
} from './testing/sample';

/** What `granary plan` counts with is no less than what is synthesized, and not so much more that it misleads. */
const ROOM = 1.5;

const COUNTED = {
  'rest-apis': 'AWS::ApiGateway::RestApi',
  'user-pools': 'AWS::Cognito::UserPool',
  'codedeploy-applications': 'AWS::CodeDeploy::Application',
  'usage-plans': 'AWS::ApiGateway::UsagePlan',
  tables: 'AWS::DynamoDB::Table',
  alarms: /^AWS::CloudWatch::(?:Composite)?Alarm$/,
  roles: 'AWS::IAM::Role',
} as const;
const QUOTAS_COUNTED = Object.keys(COUNTED) as (keyof typeof COUNTED)[];

/** How many resources of a quota a template has. */
function found(template: Template, id: keyof typeof COUNTED): number {
  const type = COUNTED[id];
  return Object.values(resources(template)).filter(({ Type }) =>
    typeof type === 'string' ? Type === type : type.test(Type),
  ).length;
}

test.each(QUOTAS_COUNTED)('a silo tenant takes no more %s than a plan counts', (id) => {
  const counted = DEPLOYMENT_FOOTPRINT[id];
  expect(counted).toBeGreaterThanOrEqual(found(deployment('acme'), id));
  expect(counted).toBeLessThanOrEqual(found(deployment('acme'), id) * ROOM);
});

test.each(QUOTAS_COUNTED)('a pool takes no more %s than a plan counts, whatever its tiers', (id) => {
  const tiers = tiersOf(sampleManifest(), 'pool').length;
  expect(tiers).toBeGreaterThan(1);
  const ofTier: Partial<Record<string, number>> = POOL_TIER_FOOTPRINT;
  const counted = DEPLOYMENT_FOOTPRINT[id] + (tiers - 1) * (ofTier[id] ?? 0);
  expect(counted).toBeGreaterThanOrEqual(found(deployment('pool-us'), id));
  expect(counted).toBeLessThanOrEqual(found(deployment('pool-us'), id) * ROOM);
});

test('the control plane takes no more of its place than a plan keeps for it', () => {
  const template = controlPlaneTemplate();
  for (const id of QUOTAS_COUNTED) {
    // Five roles of the place, and one stack, are the bootstrap's.
    const taken = found(template, id) + (id === 'roles' ? 5 : 0);
    expect([id, PLACE_FOOTPRINT[id] >= taken]).toEqual([id, true]);
  }
  const nested = Object.keys(resources(template, 'AWS::CloudFormation::Stack')).length;
  expect(PLACE_FOOTPRINT.stacks).toBeGreaterThanOrEqual(nested + 2);
});

test('a deployment has no more resources than a plan counts', () => {
  const all = Object.keys(resources(deployment('pool-us'))).length;
  expect(DEPLOYMENT_RESOURCES).toBeGreaterThanOrEqual(all);
  expect(DEPLOYMENT_RESOURCES).toBeLessThanOrEqual(all * ROOM);
});

interface PipelineStage {
  readonly Name: string;
  readonly Actions: readonly unknown[];
  readonly BeforeEntry?: unknown;
  readonly OnFailure?: unknown;
}

function stagesOf(template: Template): readonly PipelineStage[] {
  const [pipeline] = Object.values(resources(template, 'AWS::CodePipeline::Pipeline'));
  return pipeline?.Properties.Stages ?? [];
}

function manifestOf(tenants: number): Manifest {
  return sampleManifest({
    tenants: Array.from({ length: tenants }, (_, index) => sampleTenant(`tenant-${index}`)),
    rollout: {
      engine: 'pipeline',
      waves: [
        { name: 'early', percentage: 30, bakeMinutes: 1, approval: true },
        { name: 'everyone', percentage: 100, bakeMinutes: 1 },
      ],
    },
  });
}

/** Enough for a wave of several stages. */
const LARGE = 26;
const templates = new Map<number, Template>();

function templateOf(tenants: number): Template {
  const template = templates.get(tenants) ?? Template.fromStack(samplePipeline(manifestOf(tenants)));
  templates.set(tenants, template);
  return template;
}

test.each([3, LARGE])('the pipeline of %i tenants is no larger than a plan counts', (tenants) => {
  const manifest = manifestOf(tenants);
  const { engine, pools, waves } = planRollout(manifest);
  const counted = pipelineShape({
    engine,
    pools: pools.length,
    waves: waves.map((wave) => ({ tenants: wave.tenants.length, approval: wave.approval })),
  });
  const template = templateOf(tenants);
  const stages = stagesOf(template);
  const actions = stages.map(({ Actions }) => Actions.length);
  const bytes = JSON.stringify(template.toJSON()).length;
  expect(counted.stages).toBeGreaterThanOrEqual(stages.length);
  expect(counted.stages).toBeLessThanOrEqual(stages.length + 3);
  expect(counted.actions).toBeGreaterThanOrEqual(actions.reduce((sum, count) => sum + count, 0));
  expect(counted.actionsOfLargestStage).toBeGreaterThanOrEqual(Math.max(...actions));
  expect(counted.templateBytes).toBeGreaterThanOrEqual(bytes);
  expect(counted.templateBytes).toBeLessThanOrEqual(bytes * (ROOM + 1));
});

test('a wave of several stages is entered once, and the engine is told of a failure in each of them', () => {
  const parts = stagesOf(templateOf(LARGE)).filter(({ Name }) => Name.startsWith('Wave-everyone.'));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ BeforeEntry }) => BeforeEntry !== undefined)).toEqual(
    parts.map((_, part) => part === 0),
  );
  expect(parts.every(({ OnFailure }) => OnFailure !== undefined)).toBe(true);
});

test('a wave that is skipped has no stage, and its stacks stay', () => {
  const manifest = sampleManifest();
  const waves = manifest.rollout.waves.map((wave) =>
    wave.name === 'canary' ? { ...wave, skip: { reason: 'audit' } } : wave,
  );
  const pipeline = samplePipeline({ ...manifest, rollout: { ...manifest.rollout, waves } });
  const names = stagesOf(Template.fromStack(pipeline)).map(({ Name }) => Name);
  expect(names).toContain('Wave-everyone');
  expect(names).not.toContain('acme');
});
