import {
  DEPLOYMENT_FOOTPRINT,
  DEPLOYMENT_RESOURCES,
  type Manifest,
  pipelineShape,
  planRollout,
} from '@granary/manifest';
import { Template } from 'aws-cdk-lib/assertions';
import { deployment } from './testing/deployment';
import { resources, sampleManifest, samplePipeline, sampleTenant } from './testing/sample';

/** What `granary plan` counts with is no less than what is synthesized, and not so much more that it misleads. */
const ROOM = 1.5;

const COUNTED = {
  'rest-apis': 'AWS::ApiGateway::RestApi',
  'user-pools': 'AWS::Cognito::UserPool',
  'codedeploy-applications': 'AWS::CodeDeploy::Application',
  'usage-plans': 'AWS::ApiGateway::UsagePlan',
  tables: 'AWS::DynamoDB::Table',
  alarms: 'AWS::CloudWatch::Alarm',
  roles: 'AWS::IAM::Role',
} as const;

test.each(Object.entries(COUNTED))('a silo tenant takes no more %s than a plan counts', (id, type) => {
  const counted = DEPLOYMENT_FOOTPRINT[id as keyof typeof COUNTED];
  const found = Object.keys(resources(deployment('acme'), type)).length;
  expect(counted).toBeGreaterThanOrEqual(found);
  expect(counted).toBeLessThanOrEqual(found * ROOM);
});

test('a deployment has no more resources than a plan counts', () => {
  const found = Object.keys(resources(deployment('pool-us'))).length;
  expect(DEPLOYMENT_RESOURCES).toBeGreaterThanOrEqual(found);
  expect(DEPLOYMENT_RESOURCES).toBeLessThanOrEqual(found * ROOM);
});

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

test.each([3, 40])('the pipeline of %i tenants is no larger than a plan counts', (tenants) => {
  const manifest = manifestOf(tenants);
  const { engine, pools, waves } = planRollout(manifest);
  const counted = pipelineShape({
    engine,
    pools: pools.length,
    waves: waves.map((wave) => ({ tenants: wave.tenants.length, approval: wave.approval })),
  });
  const template = Template.fromStack(samplePipeline(manifest));
  const [pipeline] = Object.values(resources(template, 'AWS::CodePipeline::Pipeline'));
  const stages = pipeline?.Properties.Stages as readonly { readonly Actions: readonly unknown[] }[];
  const actions = stages.map(({ Actions }) => Actions.length);
  const bytes = JSON.stringify(template.toJSON()).length;
  expect(counted.stages).toBeGreaterThanOrEqual(stages.length);
  expect(counted.stages).toBeLessThanOrEqual(stages.length + 3);
  expect(counted.actions).toBeGreaterThanOrEqual(actions.reduce((sum, count) => sum + count, 0));
  expect(counted.actionsOfLargestStage).toBeGreaterThanOrEqual(Math.max(...actions));
  expect(counted.templateBytes).toBeGreaterThanOrEqual(bytes);
  expect(counted.templateBytes).toBeLessThanOrEqual(bytes * (ROOM + 1));
});
