import { CodePipelineClient, GetPipelineCommand, ListPipelinesCommand } from '@aws-sdk/client-codepipeline';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
const config = () => running.engine.clientConfig('111111111111', 'us-east-1');

beforeAll(async () => {
  running = await engineForTests({ persist: true });
});
afterAll(() => running.close());

const pipeline = (...extraActions: object[]) => ({
  Resources: {
    Role: role({ Service: 'codepipeline.amazonaws.com' }),
    Pipeline: {
      Type: 'AWS::CodePipeline::Pipeline',
      Properties: {
        Name: 'release',
        PipelineType: 'V2',
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        ArtifactStore: { Type: 'S3', Location: 'artifacts' },
        Stages: [
          {
            Name: 'Source',
            Actions: [
              {
                Name: 'main',
                ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeCommit', Version: '1' },
                Configuration: { BranchName: 'main', PollForSourceChanges: false },
                OutputArtifacts: [{ Name: 'Source' }],
                RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
                Region: 'us-east-1',
                Namespace: 'source',
                RunOrder: 1,
              },
              ...extraActions,
            ],
          },
        ],
      },
    },
  },
  Outputs: { Name: { Ref: 'Pipeline' }, Version: { 'Fn::GetAtt': ['Pipeline', 'Version'] } },
});

test('a pipeline of a stack answers in the shape of the API, with a version that grows', async () => {
  expect(await deployStack(config(), 'release', pipeline())).toEqual({ Name: 'release', Version: '1' });
  const approval = {
    Name: 'approve',
    ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
    RunOrder: 2,
  };
  expect(await deployStack(config(), 'release', pipeline(approval))).toEqual({
    Name: 'release',
    Version: '2',
  });
  const found = await new CodePipelineClient(config()).send(new GetPipelineCommand({ name: 'release' }));
  expect(found.pipeline).toMatchObject({
    name: 'release',
    version: 2,
    pipelineType: 'V2',
    roleArn: expect.stringMatching(/^arn:aws:iam::111111111111:role\//),
    artifactStore: { type: 'S3', location: 'artifacts' },
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'main',
            actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
            configuration: { BranchName: 'main', PollForSourceChanges: 'false' },
            outputArtifacts: [{ name: 'Source' }],
            inputArtifacts: [],
            region: 'us-east-1',
            namespace: 'source',
            runOrder: 1,
          },
          { name: 'approve', runOrder: 2 },
        ],
      },
    ],
  });
});

test('a pipeline that is not there is named in the error', async () => {
  const client = new CodePipelineClient(config());
  await expect(client.send(new GetPipelineCommand({ name: 'none' }))).rejects.toMatchObject({
    name: 'PipelineNotFoundException',
  });
  const elsewhere = new CodePipelineClient(running.engine.clientConfig('222222222222', 'us-east-1'));
  expect((await elsewhere.send(new ListPipelinesCommand({}))).pipelines).toEqual([]);
});
