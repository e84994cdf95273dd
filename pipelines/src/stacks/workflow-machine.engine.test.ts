import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { WorkflowShape } from '@granary/control-plane';
import { type Engine, installEngine, startEngine } from '@granary/local';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { buildSync } from 'esbuild';
import { WorkflowMachine } from './workflow-machine';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '..', '..', '..');
const account = '222222222222';
const region = 'us-east-1';
const NAME = 'granary-activation';
const TOY = `arn:aws:lambda:${region}:${account}:function:toy`;
const MACHINE = `arn:aws:states:${region}:${account}:stateMachine:${NAME}`;
const SHAPE: WorkflowShape = {
  kind: 'activation',
  steps: [
    { name: 'first', undo: true },
    { name: 'asked', undo: true, waitSeconds: 3 },
    { name: 'last', undo: true },
  ],
};

let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-workflow-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
  const config = engine.clientConfig(account, region);
  const [s3, client] = [new S3Client({ ...config, forcePathStyle: true }), new CloudFormationClient(config)];
  const object = { Bucket: 'templates', Key: 'toy.json' };
  await s3.send(new CreateBucketCommand(object));
  await s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify(template()) }));
  const TemplateURL = `${engine.endpoint}/templates/toy.json`;
  const stack = { StackName: 'toy', TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  await client.send(new CreateStackCommand(stack));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, stack);
});
afterAll(async () => {
  await engine.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

/** The definition that the construct makes, with the function's ARN in place. */
function definition(): string {
  const stack = new Stack(new App(), 'Toy', { env: { account, region } });
  const steps = LambdaFunction.fromFunctionArn(stack, 'Steps', TOY);
  const backoff = Duration.seconds(1);
  const { machine } = new WorkflowMachine(stack, 'Machine', { shape: SHAPE, name: NAME, steps, backoff });
  const text = stack.resolve((machine.node.defaultChild as CfnStateMachine).definitionString);
  return typeof text === 'string'
    ? text
    : text['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'aws')).join('');
}

/** The toy's function in one file; the runtime brings the SDK. */
function code(): string {
  const built = buildSync({
    entryPoints: [join(ROOT, 'packages', 'control-plane', 'src', 'rehearsal', 'toy-handler.ts')],
    ...{ bundle: true, minify: true, keepNames: true, write: false, logLevel: 'error' },
    ...{ platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] },
    external: ['@aws-sdk/*'],
  });
  return built.outputFiles[0]?.text ?? '';
}

function template(): object {
  const keyed = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
  const role = (Service: string, Action: string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'inline',
          PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } },
        },
      ],
    },
  });
  const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query'];
  const starts = ['states:StartExecution', 'states:DescribeExecution', 'states:SendTaskSuccess'];
  return {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [keyed('pk'), keyed('sk')],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        },
      },
      Role: role('lambda.amazonaws.com', [...starts, ...items.map((action) => `dynamodb:${action}`)]),
      Toy: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'toy',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Timeout: 30,
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: code() },
          Environment: {
            Variables: {
              CONTROL_TABLE_NAME: { Ref: 'Table' },
              WORKFLOW_MACHINES: JSON.stringify({ activation: MACHINE }),
            },
          },
        },
      },
      MachineRole: role('states.amazonaws.com', ['lambda:InvokeFunction']),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: NAME,
          RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
          DefinitionString: definition(),
        },
      },
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: each deed answers in its own shape.
async function toy(deed: string, operationId = ''): Promise<any> {
  const client = new LambdaClient(engine.clientConfig(account, region));
  const Payload = JSON.stringify({ toy: deed, operationId });
  const answer = await client.send(new InvokeCommand({ FunctionName: 'toy', Payload }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError) throw new Error(text);
  return JSON.parse(text || 'null');
}

/** Reads the operation until it is at a status; gives it with what was made. */
async function until(operationId: string, status: string) {
  for (;;) {
    const read = await toy('read', operationId);
    if (read.operation.status === status) return read;
  }
}

test('a wait that takes too long fails with its reason; a retry waits anew, and an answer ends it', async () => {
  const { operationId } = await toy('begin');
  const failed = await until(operationId, 'failed');
  expect(failed.operation.steps[1]).toMatchObject({ status: 'failed', reason: 'wait-timed-out' });
  expect(failed.made).toEqual(['asked', 'first']);
  await toy('retry', operationId);
  await until(operationId, 'waiting');
  expect(await toy('resume')).toBe(true);
  const { operation, made } = await until(operationId, 'succeeded');
  expect(made).toEqual(['asked', 'first', 'last']);
  expect(operation.steps.map(({ attempts }: { attempts: number }) => attempts)).toEqual([1, 2, 1]);
});

test('an operation that is cancelled is undone in reverse, and nothing stays', async () => {
  const { operationId } = await toy('begin');
  await until(operationId, 'failed');
  await toy('cancel', operationId);
  const { operation, made } = await until(operationId, 'compensated');
  expect(made).toEqual([]);
  expect(operation.steps.map(({ status }: { status: string }) => status)).toEqual([
    'undone',
    'undone',
    'pending',
  ]);
  const [first, asked] = operation.steps;
  expect(Date.parse(first.endedAt)).toBeGreaterThanOrEqual(Date.parse(asked.endedAt));
});
