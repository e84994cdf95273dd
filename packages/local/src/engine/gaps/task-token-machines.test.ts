import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(120_000);

const account = '222222222222';
const region = 'us-east-1';
let running: EngineUnderTest;
let outputs: Record<string, string>;
const config = () => running.engine.clientConfig(account, region);
const machine = (name: string) => `arn:aws:states:${region}:${account}:stateMachine:${name}`;

const KEEP = `const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async ({ token, table, id }) => {
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, token: { S: token } } }));
};`;

beforeAll(async () => {
  running = await engineForTests();
  outputs = await deployStack(config(), 'tokens', {
    Resources: {
      Role: role({ Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] }, [
        { Effect: 'Allow', Action: ['lambda:InvokeFunction', 'dynamodb:PutItem'], Resource: '*' },
      ]),
      Answerer: role({ Service: ['lambda.amazonaws.com'] }, [
        { Effect: 'Allow', Action: 'states:SendTaskSuccess', Resource: machine('mine') },
      ]),
      Function: inlineFunction(KEEP),
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
    },
    Outputs: {
      Function: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Answerer: { 'Fn::GetAtt': ['Answerer', 'Arn'] },
      Table: { Ref: 'Table' },
    },
  });
});
afterAll(() => running.close());

/** Starts a machine that waits for an answer; gives its execution. */
async function waiting(name: string): Promise<string> {
  const client = new SFNClient(config());
  const States = {
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: 60,
      Parameters: {
        FunctionName: outputs.Function,
        Payload: { 'token.$': '$$.Task.Token', id: name, table: outputs.Table },
      },
      End: true,
    },
  };
  const definition = JSON.stringify({ StartAt: 'Wait', States });
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name, definition, roleArn: outputs.Role }),
  );
  const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  return executionArn;
}

async function keptToken(id: string): Promise<string> {
  const client = new DynamoDBClient(config());
  const request = new GetItemCommand({ TableName: outputs.Table, Key: { id: { S: id } } });
  for (;;) {
    const token = (await client.send(request)).Item?.token?.S;
    if (token) return token;
  }
}

async function ended(executionArn: string): Promise<string> {
  const client = new SFNClient(config());
  for (;;) {
    const { status = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return status;
  }
}

test('who may answer one machine answers that one and no other', async () => {
  const credentials = await running.engine.serviceSession('lambda.amazonaws.com', outputs.Answerer as string);
  const answer = async (name: string, client: SFNClient) =>
    client.send(new SendTaskSuccessCommand({ taskToken: await keptToken(name), output: '{}' }));
  const answerer = new SFNClient({ ...config(), credentials });
  const [mine, other] = [await waiting('mine'), await waiting('other')];
  await expect(answer('other', answerer)).rejects.toThrow(/not authorized|AccessDenied/i);
  await answer('mine', answerer);
  expect(await ended(mine)).toBe('SUCCEEDED');
  await answer('other', new SFNClient(config()));
  expect(await ended(other)).toBe('SUCCEEDED');
});
