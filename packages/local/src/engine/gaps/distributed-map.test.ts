import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, role } from './stack-under-test';

jest.setTimeout(120_000);

const account = '222222222222';
const region = 'us-east-1';
let running: EngineUnderTest;
let stateMachineArn: string;

beforeAll(async () => {
  running = await engineForTests();
  const config = running.engine.clientConfig(account, region);
  const { Role } = await deployStack(config, 'maps', {
    Resources: { Role: role({ Service: ['states.amazonaws.com'] }, []) },
    Outputs: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  });
  const definition = {
    StartAt: 'Map',
    States: {
      Map: {
        Type: 'Map',
        Label: 'Map',
        ItemsPath: '$.items',
        MaxConcurrencyPath: '$.bounds.together',
        ToleratedFailureCountPath: '$.bounds.failures',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Good',
          States: {
            Good: {
              Type: 'Choice',
              Choices: [{ Variable: '$.good', BooleanEquals: true, Next: 'Done' }],
              Default: 'Bad',
            },
            Done: { Type: 'Succeed' },
            Bad: { Type: 'Fail', Error: 'Bad' },
          },
        },
        End: true,
      },
    },
  };
  const client = new SFNClient(config);
  const created = await client.send(
    new CreateStateMachineCommand({ name: 'maps', definition: JSON.stringify(definition), roleArn: Role }),
  );
  stateMachineArn = created.stateMachineArn ?? '';
  client.destroy();
});
afterAll(() => running.close());

async function run(bounds: object): Promise<DescribeExecutionCommandOutput> {
  const client = new SFNClient(running.engine.clientConfig(account, region));
  const items = [true, false, true, false].map((good) => ({ good }));
  try {
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ items, bounds }) }),
    );
    for (;;) {
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== 'RUNNING') return execution;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    client.destroy();
  }
}

test('a distributed map tolerates as many failures as its input says', async () => {
  expect((await run({ together: 2, failures: 2 })).status).toBe('SUCCEEDED');
  expect(await run({ together: 2, failures: 1 })).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
});

test('a bound that is no number fails the execution, as on AWS', async () => {
  expect((await run({ together: 'all', failures: 2 })).status).toBe('FAILED');
});
