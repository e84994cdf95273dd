import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

const ACCOUNT = '222222222222';
const FUNCTIONS = 12;
const SESSIONS = 300;

let running: EngineUnderTest;
let outputs: Record<string, string>;
const config = () => running.engine.clientConfig(ACCOUNT, 'us-east-1');

beforeAll(async () => {
  running = await engineForTests();
  const names = Array.from({ length: FUNCTIONS }, (_, index) => `Function${index}`);
  outputs = await deployStack(config(), 'sessions', {
    Resources: {
      Role: role({ Service: 'lambda.amazonaws.com' }),
      Assumed: role({ AWS: ACCOUNT }),
      ...Object.fromEntries(
        names.map((name) => [name, inlineFunction('exports.handler = async () => "served";')]),
      ),
    },
    Outputs: {
      Assumed: { 'Fn::GetAtt': ['Assumed', 'Arn'] },
      ...Object.fromEntries(names.map((name) => [name, { Ref: name }])),
    },
  });
}, 120_000);
afterAll(() => running.close());

test('functions that start at the same moment are all served, while sessions begin', async () => {
  const sts = new STSClient(config());
  const lambda = new LambdaClient({ ...config(), maxAttempts: 1 });
  const assumed = Array.from({ length: SESSIONS }, (_, index) =>
    sts.send(new AssumeRoleCommand({ RoleArn: outputs.Assumed, RoleSessionName: `session-${index}` })),
  );
  const calls = Object.entries(outputs)
    .filter(([name]) => name.startsWith('Function'))
    .flatMap(([, FunctionName]) => [0, 1].map(() => lambda.send(new InvokeCommand({ FunctionName }))));
  const answers = await Promise.all(calls);
  await Promise.all(assumed);
  expect(
    answers.map(({ FunctionError, Payload }) => FunctionError ?? Buffer.from(Payload ?? []).toString()),
  ).toEqual(answers.map(() => '"served"'));
});
