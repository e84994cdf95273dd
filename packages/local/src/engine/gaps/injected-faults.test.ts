import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import type { InjectedFault } from '../injected-fault';
import { deployStack } from './stack-under-test';

const HERE = '222222222222';
const ELSEWHERE = '333333333333';
const REGION = 'us-east-1';
const TEMPLATE = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

let running: EngineUnderTest;
beforeAll(async () => {
  running = await engineForTests();
  await deployStack(running.engine.clientConfig(HERE, REGION), 'silo', TEMPLATE);
}, 120_000);
afterEach(() => running.engine.injectFaults([]));
afterAll(() => running.close());

const client = (account: string) =>
  new CloudFormationClient({ ...running.engine.clientConfig(account, REGION), maxAttempts: 1 });
const list = (account: string) => client(account).send(new ListStacksCommand({}));
const statusOf = async (StackName: string) =>
  (await client(HERE).send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

const throttled: InjectedFault = {
  kind: 'error',
  action: 'ListStacks',
  account: HERE,
  code: 'Throttling',
  message: 'Rate exceeded',
  status: 400,
  times: 2,
};
const once: InjectedFault = { ...throttled, times: 1 };
const stuck: InjectedFault = {
  kind: 'stack-status',
  account: HERE,
  region: REGION,
  stackName: 'silo',
  status: 'UPDATE_ROLLBACK_FAILED',
};

test('an error is answered so many times, in its account, for its action', async () => {
  await running.engine.injectFaults([throttled]);
  await expect(list(ELSEWHERE)).resolves.toBeDefined();
  await expect(statusOf('silo')).resolves.toBe('CREATE_COMPLETE');
  for (let time = 0; time < 2; time += 1)
    await expect(list(HERE)).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
  await expect(list(HERE)).resolves.toBeDefined();
});

test('what is asked for takes the place of what was, and the errors that nobody met are told', async () => {
  await running.engine.injectFaults([throttled]);
  await expect(list(HERE)).rejects.toThrow();
  await expect(running.engine.injectFaults([once])).resolves.toBe(1);
  await expect(list(HERE)).rejects.toThrow();
  await expect(running.engine.injectFaults([])).resolves.toBe(0);
  await expect(list(HERE)).resolves.toBeDefined();
});

test('a stack stands in a status until that ends', async () => {
  await running.engine.injectFaults([stuck]);
  await expect(statusOf('silo')).resolves.toBe('UPDATE_ROLLBACK_FAILED');
  await running.engine.injectFaults([]);
  await expect(statusOf('silo')).resolves.toBe('CREATE_COMPLETE');
});

test('a fault in a stack that is not there changes nothing', async () => {
  await expect(running.engine.injectFaults([throttled, { ...stuck, stackName: 'nobody' }])).rejects.toThrow(
    /no stack 'nobody'/,
  );
  await expect(list(HERE)).resolves.toBeDefined();
});
