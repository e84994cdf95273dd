import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CodePipelineClient, ListPipelinesCommand } from '@aws-sdk/client-codepipeline';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole } from './stack-under-test';

jest.setTimeout(120_000);

const account = '222222222222';

test('a killed engine comes back with what the last checkpoint had', async () => {
  const first = await engineForTests({ persist: true });
  const config = first.engine.clientConfig(account, 'us-east-1');
  await deployStack(config, 'kept', {
    Resources: {
      Role: lambdaRole,
      Function: inlineFunction('exports.handler = async () => "kept";', { FunctionName: 'kept' }),
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: { Name: 'kept', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Stages: [] },
      },
    },
  });
  const s3 = new S3Client(config);
  await s3.send(new CreateBucketCommand({ Bucket: 'kept-objects' }));
  await s3.send(new PutObjectCommand({ Bucket: 'kept-objects', Key: 'a', Body: 'kept' }));
  await first.engine.checkpoint();
  await s3.send(new CreateBucketCommand({ Bucket: 'made-after' }));
  expect(await first.engine.kill()).toEqual({ code: null, signal: 'SIGKILL' });

  const second = await engineForTests({ persist: true, stateFolder: join(first.folder, 'state') });
  const again = second.engine.clientConfig(account, 'us-east-1');
  const stacks = await new CloudFormationClient(again).send(new DescribeStacksCommand({ StackName: 'kept' }));
  expect(stacks.Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  const pipelines = await new CodePipelineClient(again).send(new ListPipelinesCommand({}));
  expect(pipelines.pipelines).toMatchObject([{ name: 'kept', version: 1 }]);
  const answer = await new LambdaClient(again).send(new InvokeCommand({ FunctionName: 'kept' }));
  expect(Buffer.from(answer.Payload ?? []).toString()).toBe('"kept"');
  const object = await new S3Client(again).send(new GetObjectCommand({ Bucket: 'kept-objects', Key: 'a' }));
  expect(await object.Body?.transformToString()).toBe('kept');
  await second.close();
  await first.close();
});

test('an engine without persistence refuses a checkpoint', async () => {
  const running = await engineForTests();
  await expect(running.engine.checkpoint()).rejects.toMatchObject({ status: 409 });
  await running.close();
});
