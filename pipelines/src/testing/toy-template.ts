import { join } from 'node:path';
import type { WorkflowShape } from '@granary/control-plane';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { buildSync } from 'esbuild';
import { WorkflowMachine } from '../stacks/workflow-machine';

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

/** Where the toy's machine is. */
export const TOY_MACHINE = { account, region };

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

/** The toy's function with its table, and the machine that the construct makes of its workflow. */
export function toyTemplate(): object {
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
          // What a step hangs for at most.
          Timeout: 3,
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
