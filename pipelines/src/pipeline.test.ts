import { deploymentTargets } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { ReleasePipelineStack } from './pipeline';
import { DeploymentStage } from './stage';
import { policyStatements, statementsOf } from './testing/policy';
import { resources, sampleManifest, samplePipeline, sampleTenant } from './testing/sample';

interface Action {
  readonly Name: string;
  readonly RunOrder: number;
  readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
  readonly Configuration: Record<string, string>;
}

interface PipelineStage {
  readonly Name: string;
  readonly Actions: readonly Action[];
}

/** Stages of the synthesized pipeline. */
function stagesOf(template: Template): readonly PipelineStage[] {
  const [pipeline] = Object.values(resources(template, 'AWS::CodePipeline::Pipeline'));
  return pipeline?.Properties.Stages;
}

/** Variables that an action passes to its build, by name. */
function variablesOf(action: Action | undefined): Record<string, string> {
  const list: { name: string; value: string }[] = JSON.parse(
    action?.Configuration.EnvironmentVariables ?? '[]',
  );
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** Templates of the stacks that the pipeline deploys, by stack name. */
function deployedTemplates(stack: ReleasePipelineStack): ReadonlyMap<string, unknown> {
  const stacks = stack.node.findAll().filter((each) => Stack.isStack(each) && each !== stack) as Stack[];
  // The name of a nested stack is not known before it is there.
  const nameOf = (each: Stack) => (each.nested ? each.node.path : each.stackName);
  return new Map(stacks.map((each) => [nameOf(each), Template.fromStack(each).toJSON()]));
}

let stack: ReleasePipelineStack;
let template: Template;
beforeAll(() => {
  stack = samplePipeline();
  template = Template.fromStack(stack);
});

test('a release goes through source, synth, itself, control plane, pools, then waves in order', () => {
  expect(stagesOf(template).map(({ Name }) => Name)).toEqual([
    'Source',
    'Build',
    'UpdatePipeline',
    'Assets',
    'Release',
    'ControlPlane',
    'Pools',
    // A wave of one stage bears the stage's name.
    'acme',
    'Wave-everyone',
  ]);
});

test('one build publishes the assets of all deployments, after the pipeline has changed itself', () => {
  const code = { of: () => Code.fromAsset(__dirname, { exclude: ['*'] }) };
  const [, , change, assets] = stagesOf(Template.fromStack(samplePipeline(sampleManifest(), code)));
  expect(change?.Name).toBe('UpdatePipeline');
  expect(assets?.Name).toBe('Assets');
  expect(assets?.Actions).toHaveLength(1);
});

test('the pipeline changes itself before it deploys anything', () => {
  const [change] = stagesOf(template).find(({ Name }) => Name === 'UpdatePipeline')?.Actions ?? [];
  expect(change?.Name).toBe('SelfMutate');
  template.hasResourceProperties('AWS::CodePipeline::Pipeline', {
    Name: 'granary-pipeline',
    PipelineType: 'V2',
    RestartExecutionOnUpdate: true,
  });
});

test.each([
  ['Pools', ['pool-us', 'pool-eu']],
  ['Wave-everyone', ['globex', 'initech']],
])('%s prepares, deploys and registers every member side by side', (name, ids) => {
  const stage = stagesOf(template).find(({ Name }) => Name === name);
  const at = (order: number) =>
    stage?.Actions.filter(({ RunOrder }) => RunOrder === order)
      .map((action) => action.Name)
      .sort();
  const sorted = [...ids].sort();
  expect(at(1)).toEqual(sorted.map((id) => `${id}.granary-${id}.Prepare`));
  expect(at(2)).toEqual(sorted.map((id) => `${id}.granary-${id}.Deploy`));
  expect(at(3)).toEqual(sorted.map((id) => `${id}.Register`));
});

test('the control plane is tested after its deployment', () => {
  const actions = stagesOf(template).find(({ Name }) => Name === 'ControlPlane')?.Actions ?? [];
  const last = actions.find(({ RunOrder }) => RunOrder === 3);
  expect(variablesOf(last)).toMatchObject({
    HEALTH_PATHS: expect.stringMatching(/^\/health\/registration,.*\/health\/quota/),
    GUARDED_PATH: expect.stringMatching(/^\/[a-z]+$/),
    API_URL: expect.stringMatching(/^#\{.+\.ApiUrl\}$/),
  });
});

test('a silo is registered with its tenant, the commit and the outputs of its stack', () => {
  const stage = stagesOf(template).find(({ Name }) => Name === 'acme');
  expect(variablesOf(stage?.Actions.find(({ Name }) => Name === 'Register'))).toMatchObject({
    DEPLOYMENT_ID: 'acme',
    DEPLOYMENT_KIND: 'silo',
    DEPLOYMENT_ACCOUNT: '222222222222',
    DEPLOYMENT_REGION: 'us-east-1',
    WAVE: 'canary',
    RELEASE: expect.stringMatching(/^#\{Source.*\.CommitId\}$/),
    TENANT_NAME: 'acme',
    TENANT_TIER: 'platinum',
    TENANT_ADMIN_EMAIL: 'admin@acme.example.com',
    USAGE_PLAN_IDS: expect.stringMatching(/^#\{.+\.UsagePlanIds\}$/),
    PROVISIONING_ROLE_ARN: expect.stringMatching(/^#\{.+\.ProvisioningRoleArn\}$/),
  });
});

test('a pool is registered without a tenant', () => {
  const stage = stagesOf(template).find(({ Name }) => Name === 'Pools');
  const variables = variablesOf(stage?.Actions.find(({ Name }) => Name === 'pool-eu.Register'));
  expect(variables).toMatchObject({ DEPLOYMENT_KIND: 'pool', WAVE: 'pools', DEPLOYMENT_REGION: 'eu-west-1' });
  expect(Object.keys(variables)).not.toContain('TENANT_NAME');
});

test('no template holds the commit: a stack that did not change has nothing to change', () => {
  for (const [, deployed] of deployedTemplates(stack))
    expect(JSON.stringify(deployed)).not.toMatch(/CommitId/);
});

test('the registrar may call the functions that register and record, and nothing else outside its build', () => {
  const foreign = statementsOf(template, 'StepsRegistrarRole').filter(
    ({ actions }) => !actions.every((action) => /^(logs|codebuild|s3|kms):/.test(action)),
  );
  expect(foreign).toEqual([
    {
      actions: ['lambda:InvokeFunction'],
      resources: [
        'arn:aws:lambda:us-east-1:111111111111:function:granary-release-recorder:live',
        'arn:aws:lambda:us-east-1:222222222222:function:granary-control-plane-deployment:live',
      ],
      conditions: undefined,
    },
  ]);
});

test('no role of the pipeline may do everything, or everything of a service', () => {
  const actions = policyStatements(template).flatMap((statement) => statement.actions);
  expect(actions.filter((action) => /^\*$|:\*$/.test(action))).toEqual([]);
});

test('artifacts are encrypted, private, expire, and travel by TLS only', () => {
  for (const { Properties } of Object.values(resources(template, 'AWS::S3::Bucket')))
    expect(Properties).toMatchObject({
      BucketEncryption: expect.anything(),
      LifecycleConfiguration: { Rules: [expect.objectContaining({ Status: 'Enabled' })] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  for (const { Properties } of Object.values(resources(template, 'AWS::S3::BucketPolicy')))
    expect(JSON.stringify(Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
});

test('a wave waits for a person where the manifest asks for one', () => {
  const everyone = { name: 'everyone', percentage: 100, bakeMinutes: 15, approval: true };
  const canary = { name: 'canary', rings: ['canary'], bakeMinutes: 60 };
  const approved = samplePipeline(sampleManifest({ rollout: { waves: [canary, everyone] } }));
  const approvals = stagesOf(Template.fromStack(approved)).flatMap(({ Name, Actions }) =>
    Actions.filter(({ ActionTypeId }) => ActionTypeId.Category === 'Approval').map(({ RunOrder }) => [
      Name,
      RunOrder,
    ]),
  );
  expect(approvals).toEqual([['Wave-everyone', 1]]);
});

test('a wave without tenants is no stage', () => {
  const beta = { name: 'beta', rings: ['beta'], bakeMinutes: 60 };
  const everyone = { name: 'everyone', percentage: 100, rings: ['canary'], bakeMinutes: 15 };
  const pipeline = samplePipeline(sampleManifest({ rollout: { waves: [beta, everyone] } }));
  expect(stagesOf(Template.fromStack(pipeline)).map(({ Name }) => Name)).not.toContain('Wave-beta');
});

test('a tombstone adds the stage that has stacks deleted, behind all waves', () => {
  const [acme, ...others] = sampleManifest().tenants;
  const left = sampleManifest({ tenants: [{ ...acme, state: 'offboarding' } as never, ...others] });
  const names = stagesOf(Template.fromStack(samplePipeline(left))).map(({ Name }) => Name);
  expect(names.at(-1)).toBe('Removals');
  expect(names).not.toContain('acme');
  expect(stagesOf(template).map(({ Name }) => Name)).not.toContain('Removals');
});

test('a tenant more is a stage more, and no other stack changes', () => {
  const manifest = sampleManifest();
  const grown = samplePipeline(sampleManifest({ tenants: [...manifest.tenants, sampleTenant('hooli')] }));
  const before = deployedTemplates(stack);
  const after = deployedTemplates(grown);
  expect([...after.keys()].filter((name) => !before.has(name))).toEqual(['granary-hooli']);
  for (const [name, deployed] of before) expect(after.get(name)).toEqual(deployed);
});

test.each([
  ['held at a version', { version: 'abcdef0' }],
  ['offboarding', { state: 'offboarding' as const }],
])('a tenant that is %s is passed by', (_, changes) => {
  const tenants = [sampleTenant('acme', { ring: 'canary' }), sampleTenant('globex', changes)];
  const names = deployedTemplates(samplePipeline(sampleManifest({ tenants }))).keys();
  expect([...names]).not.toContain('granary-globex');
});

test('every deployment of the manifest has a stage of its own account and region', () => {
  const stages = stack.node.children.filter((child) => child instanceof DeploymentStage);
  expect(stages.map(({ target, account, region }) => [target.id, account, region])).toEqual(
    deploymentTargets(sampleManifest()).map(({ id, account, region }) => [id, account, region]),
  );
});

test('a repository at a provider starts a release through its connection', () => {
  const connectionArn =
    'arn:aws:codeconnections:us-east-1:111111111111:connection/11111111-2222-3333-4444-555555555555';
  const source = {
    type: 'connection',
    provider: 'github',
    connectionArn,
    owner: 'example',
    repository: 'granary',
    branch: 'main',
  } as const;
  const manifest = sampleManifest({ toolchain: { account: '111111111111', region: 'us-east-1', source } });
  const [first] = stagesOf(Template.fromStack(samplePipeline(manifest)));
  expect(first?.Actions[0]).toMatchObject({
    ActionTypeId: { Provider: 'CodeStarSourceConnection' },
    Configuration: { ConnectionArn: connectionArn, FullRepositoryId: 'example/granary', BranchName: 'main' },
  });
});
