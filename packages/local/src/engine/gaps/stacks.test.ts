import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, lambdaRole, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
const account = '222222222222';
const region = 'us-east-1';
const config = () => running.engine.clientConfig(account, region);
const parameter = (Name: string) => ({
  Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value: 'x' } } },
});
const trust = (principal: object) => JSON.stringify(role(principal).Properties.AssumeRolePolicyDocument);

beforeAll(async () => {
  running = await engineForTests();
});
afterAll(() => running.close());

test('a stack is made with a role that CloudFormation may assume, and with no other', async () => {
  const iam = new IAMClient(config());
  for (const [RoleName, service] of [
    ['execution', 'cloudformation.amazonaws.com'],
    ['function', 'lambda.amazonaws.com'],
  ] as const) {
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ Service: service }) }),
    );
  }
  const withRole = (name: string) =>
    deployStack(config(), `by-${name}`, parameter(`/by/${name}`), {
      RoleARN: `arn:aws:iam::${account}:role/${name}`,
    });
  await expect(withRole('execution')).resolves.toEqual({});
  await expect(withRole('function')).rejects.toThrow(/is invalid or cannot be assumed/);
  await expect(withRole('none')).rejects.toThrow(/is invalid or cannot be assumed/);
});

test('a caller passes only the roles that its policy lets it pass', async () => {
  const iam = new IAMClient(config());
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'deploy',
      AssumeRolePolicyDocument: trust({ Service: 'codebuild.amazonaws.com' }),
    }),
  );
  const Statement = [{ Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'inline', PolicyDocument }));
  const deployRole = `arn:aws:iam::${account}:role/deploy`;
  const credentials = await running.engine.serviceSession('codebuild.amazonaws.com', deployRole);
  const options = { RoleARN: `arn:aws:iam::${account}:role/anything` };
  await expect(
    deployStack({ ...config(), credentials }, 'passed', parameter('/passed'), options),
  ).rejects.toThrow(/iam:PassRole/);
});

test.each([
  ['path', `https://s3.${region}.amazonaws.com/templates/a.json`],
  ['virtual-hosted', `https://templates.s3.${region}.amazonaws.com/a.json`],
])('a template is read from a bucket that demands TLS, by its %s URL', async (form, TemplateURL) => {
  const s3 = new S3Client(config());
  await s3.send(new CreateBucketCommand({ Bucket: 'templates' })).catch(() => undefined);
  const Statement = [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::templates', 'arn:aws:s3:::templates/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'templates', Policy }));
  const Body = JSON.stringify(parameter(`/from/${form}`));
  const credentials = await writer();
  await new S3Client({ ...config(), credentials }).send(
    new PutObjectCommand({ Bucket: 'templates', Key: 'a.json', Body }),
  );
  await expect(
    deployStack(config(), `from-${form}`, parameter('/unused'), { TemplateBody: undefined, TemplateURL }),
  ).resolves.toEqual({});
});

/** A session that may write the templates: bucket policies do not bind the root here. */
async function writer() {
  const iam = new IAMClient(config());
  const AssumeRolePolicyDocument = trust({ Service: 'codebuild.amazonaws.com' });
  await iam
    .send(new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument }))
    .catch(() => undefined);
  const Statement = [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::templates/*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'inline', PolicyDocument }));
  return running.engine.serviceSession('codebuild.amazonaws.com', `arn:aws:iam::${account}:role/writer`);
}

test('an alarm on metric math is accepted', async () => {
  const metric = (Id: string, Stat: string) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period: 60, Stat },
  });
  const outputs = await deployStack(config(), 'alarm', {
    Resources: {
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          Threshold: 0.01,
          Metrics: [
            metric('errors', 'Sum'),
            metric('slow', 'p99'),
            { Id: 'rate', Expression: 'errors / slow' },
          ],
        },
      },
    },
    Outputs: { Name: { Ref: 'Alarm' } },
  });
  expect(outputs.Name).toMatch(/^alarm-Alarm-/);
});

test('a function is invoked from another account by whom its policy and their own policy name', async () => {
  const outputs = await deployStack(config(), 'control', {
    Resources: {
      Role: lambdaRole,
      Function: inlineFunction('exports.handler = async (event) => event;'),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { Ref: 'Alias' },
          Action: 'lambda:InvokeFunction',
          Principal: 'arn:aws:iam::111111111111:role/registrar',
        },
      },
    },
    Outputs: { Alias: { Ref: 'Alias' }, Function: { 'Fn::GetAtt': ['Function', 'Arn'] } },
  });
  const toolchain = running.engine.clientConfig('111111111111', region);
  const caller = async (RoleName: string) => {
    const iam = new IAMClient(toolchain);
    const AssumeRolePolicyDocument = trust({ Service: 'codebuild.amazonaws.com' });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const Statement = [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument }));
    const roleArn = `arn:aws:iam::111111111111:role/${RoleName}`;
    const credentials = await running.engine.serviceSession('codebuild.amazonaws.com', roleArn);
    const client = new LambdaClient({ ...toolchain, credentials });
    return async (FunctionName: string | undefined) => {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{"a":1}') }));
      return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
    };
  };
  const registrar = await caller('registrar');
  const stranger = await caller('stranger');
  await expect(registrar(outputs.Alias)).resolves.toEqual({ a: 1 });
  const denied = { name: 'AccessDeniedException' };
  await expect(registrar(outputs.Function)).rejects.toMatchObject(denied);
  await expect(stranger(outputs.Alias)).rejects.toMatchObject(denied);
});
