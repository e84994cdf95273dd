import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CodePipelineClient,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ControlClient } from './control-client';
import { LocalCloud } from './local-cloud';
import { ProjectUnderTest, startEngineWithPipeline } from './project-for-tests';

jest.setTimeout(60_000);

const pipelineName = 'granary';
let project: ProjectUnderTest;
let cloud: LocalCloud;
let client: CodePipelineClient;
let gate: string;

beforeEach(async () => {
  project = await ProjectUnderTest.make();
  cloud = await LocalCloud.start({
    projectFolder: project.folder,
    startEngine: startEngineWithPipeline,
    port: 0,
  });
  client = new CodePipelineClient(cloud.engine.clientConfig('111111111111', 'us-east-1'));
  gate = join(project.folder, '.granary', 'gate');
});

afterEach(async () => {
  client.destroy();
  await cloud.stop('the test is over');
  await project.close();
});

const lastRun = async () => (await cloud.status()).last;

/** A build that fails until the test has repaired what it needs. */
const repairable = () => `[ -e '${gate}' ] || exit 7; mkdir -p out; cp stacks/*.json out/`;

const failOnce = async (): Promise<string> => {
  await project.edit('broken', { 'build.sh': repairable() });
  await cloud.push();
  await cloud.idle();
  return (await lastRun())?.id ?? '';
};

test('a stage that failed is retried by the API as the same run, which then goes on to its end', async () => {
  const pipelineExecutionId = await failOnce();
  const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipelineName }));
  expect(stageStates.map(({ stageName, latestExecution }) => [stageName, latestExecution?.status])).toEqual([
    ['Source', 'Succeeded'],
    ['Build', 'Failed'],
    ['Wave1', undefined],
  ]);
  expect(stageStates[1]?.actionStates?.[0]?.latestExecution?.errorDetails?.message).toContain('exit code 7');
  writeFileSync(gate, '');
  const retry = {
    pipelineName,
    pipelineExecutionId,
    stageName: 'Build',
    retryMode: 'FAILED_ACTIONS',
  } as const;
  await client.send(new RetryStageExecutionCommand(retry));
  await cloud.idle();
  const run = await lastRun();
  expect(run).toMatchObject({ id: pipelineExecutionId, state: { status: 'succeeded' } });
  expect(run?.stages.map(({ state }) => state.status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  await expect(client.send(new RetryStageExecutionCommand(retry))).rejects.toMatchObject({
    name: 'StageNotRetryableException',
    message: expect.stringContaining('has not failed, it is succeeded'),
  });
});

test('a retry by the control channel that fails again says so, and a newer release takes the stage over', async () => {
  const failed = await failOnce();
  const control = await ControlClient.connect(join(project.folder, '.granary'));
  expect((await control.retry('Build', 'ALL_ACTIONS')).id).toBe(failed);
  await cloud.idle();
  expect(await lastRun()).toMatchObject({ id: failed, state: { status: 'failed' } });
  await project.edit('repaired', { 'build.sh': 'mkdir -p out; cp stacks/*.json out/' });
  await cloud.push();
  await cloud.idle();
  await expect(control.retry('Build', 'ALL_ACTIONS', failed)).rejects.toThrow(
    'has entered stage "Build" since',
  );
});

test('a run is started and stopped by the API, and listed with its commit', async () => {
  writeFileSync(gate, '');
  const commit = await project.edit('slow', { 'build.sh': `while [ -e '${gate}' ]; do sleep 0.05; done` });
  const building = new Promise<void>((resolve) => {
    cloud.subscribe((event) => event.type === 'action-started' && event.stage === 'Build' && resolve());
  });
  await cloud.push();
  await building;
  const pipelineExecutionId = (await cloud.status()).running?.id ?? '';
  await client.send(
    new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId, reason: 'wrong day' }),
  );
  await cloud.idle();
  expect((await lastRun())?.state).toEqual({ status: 'interrupted', reason: 'wrong day' });
  rmSync(gate);
  const started = await client.send(new StartPipelineExecutionCommand({ name: pipelineName }));
  await cloud.idle();
  const { pipelineExecutionSummaries = [] } = await client.send(
    new ListPipelineExecutionsCommand({ pipelineName, maxResults: 2 }),
  );
  expect(pipelineExecutionSummaries.map(({ pipelineExecutionId: id, status }) => [id, status])).toEqual([
    [started.pipelineExecutionId, expect.any(String)],
    [pipelineExecutionId, 'Stopped'],
  ]);
  expect(pipelineExecutionSummaries[0]?.sourceRevisions?.[0]?.revisionId).toBe(commit);
  await expect(
    client.send(new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId })),
  ).rejects.toMatchObject({ name: 'PipelineExecutionNotStoppableException' });
});

test('another pipeline is nobody’s, and bakes are short here', async () => {
  await expect(client.send(new GetPipelineStateCommand({ name: 'other' }))).rejects.toMatchObject({
    name: 'PipelineNotFoundException',
  });
  const ssm = new SSMClient(cloud.engine.clientConfig('111111111111', 'us-east-1'));
  const { Parameter } = await ssm.send(
    new GetParameterCommand({ Name: '/granary/release/seconds-per-bake-minute' }),
  );
  ssm.destroy();
  expect(Parameter?.Value).toBe('0.05');
});
