import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack, inlineFunction, role } from './stack-under-test';

jest.setTimeout(120_000);

let running: EngineUnderTest;
const account = '222222222222';
const region = 'us-east-1';

beforeAll(async () => {
  running = await engineForTests();
  const s3 = new S3Client(running.engine.clientConfig(account, region));
  await s3.send(new CreateBucketCommand({ Bucket: 'private' }));
  await s3.send(new PutObjectCommand({ Bucket: 'private', Key: 'a', Body: 'a' }));
});
afterAll(() => running.close());

describe('the root of an account', () => {
  test.each([
    ['the account and another secret', account, 'guess', 'SignatureDoesNotMatch'],
    ['the usual test key', 'test', 'test', 'InvalidClientTokenId'],
    ['an unknown key', 'AKIAABCDEFGHIJKLMNOP', 'guess', 'InvalidClientTokenId'],
  ])('is not who comes with %s', async (_what, accessKeyId, secretAccessKey, error) => {
    const credentials = { accessKeyId, secretAccessKey };
    const client = new STSClient({ ...running.engine.clientConfig(account, region), credentials });
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: error });
  });

  test.each([
    ['no credentials', {}],
    [
      'a credential without a signature',
      { authorization: `Bearer Credential=${account}/20260101/${region}/s3/aws4_request` },
    ],
    [
      'a signature that is empty',
      { authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/s3/aws4_request` },
    ],
  ])('is not who asks with %s', async (_what, headers: Record<string, string>) => {
    const answer = await fetch(`${running.engine.endpoint}/private/a`, { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

describe("the engine's own operations", () => {
  test.each([
    ['POST', '/_ministack/reset'],
    ['POST', '/_ministack/config'],
    ['GET', '/_aws/ses'],
    ['POST', '/_granary/checkpoint'],
  ])('%s %s needs the admin token', async (method, path) => {
    const answer = await fetch(`${running.engine.endpoint}${path}`, { method });
    expect(answer.status).toBe(403);
  });

  test('health is open', async () => {
    expect((await fetch(`${running.engine.endpoint}/_ministack/health`)).status).toBe(200);
  });
});

describe('a function', () => {
  const code = `exports.handler = async () => process.env;`;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const config = running.engine.clientConfig(account, region);
    await deployStack(config, 'environment', {
      Resources: {
        Role: role({ Service: 'lambda.amazonaws.com' }, [
          {
            Effect: 'Allow',
            Action: 'ssm:GetParameter',
            Resource: `arn:aws:ssm:${region}:${account}:parameter/allowed`,
          },
        ]),
        Function: inlineFunction(code, {
          FunctionName: 'environment',
          Environment: { Variables: { MINE: 'yes' } },
        }),
      },
    });
    const ssm = new SSMClient(config);
    for (const Name of ['/allowed', '/forbidden']) {
      await ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }));
    }
    const answer = await new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'environment' }));
    environment = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  });

  test('sees its own variables and the endpoint, nothing of the engine', () => {
    expect(environment).toMatchObject({
      MINE: 'yes',
      AWS_ENDPOINT_URL: running.engine.endpoint,
      AWS_REGION: region,
    });
    const text = JSON.stringify(environment);
    expect(text).not.toContain(running.engine.rootSecret);
    expect(text).not.toContain(running.engine.adminToken);
    for (const name of ['STATE_DIR', 'S3_DATA_DIR', 'GATEWAY_PORT', 'AUTH'])
      expect(environment).not.toHaveProperty(name);
  });

  test('finds the AWS SDK that the Lambda runtime brings, and no other library of this machine', async () => {
    const config = running.engine.clientConfig(account, region);
    const requires = `exports.handler = async () => ['@aws-sdk/client-s3', 'zod'].map((name) => {
      try { return Object.keys(require(name)).includes('ListObjectVersionsCommand'); } catch { return 'missing'; } });`;
    await deployStack(config, 'runtime', {
      Resources: {
        Role: role({ Service: 'lambda.amazonaws.com' }),
        Function: inlineFunction(requires, { FunctionName: 'runtime' }),
      },
    });
    const answer = await new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'runtime' }));
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual([true, 'missing']);
  });

  test('acts with the rights of its role', async () => {
    const ssm = new SSMClient({
      ...running.engine.clientConfig(account, region),
      credentials: {
        accessKeyId: environment.AWS_ACCESS_KEY_ID as string,
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY as string,
        sessionToken: environment.AWS_SESSION_TOKEN as string,
      },
    });
    expect((await ssm.send(new GetParameterCommand({ Name: '/allowed' }))).Parameter?.Value).toBe('x');
    await expect(ssm.send(new GetParameterCommand({ Name: '/forbidden' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test('cannot have its credentials worked out from its name', async () => {
    const other = await engineForTests();
    const config = other.engine.clientConfig(account, region);
    await deployStack(config, 'environment', {
      Resources: {
        Role: { ...role({ Service: 'lambda.amazonaws.com' }) },
        Function: inlineFunction(code, { FunctionName: 'environment' }),
      },
    });
    const answer = await new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'environment' }));
    const theirs = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
    await other.close();
    expect(theirs.AWS_SECRET_ACCESS_KEY).not.toBe(environment.AWS_SECRET_ACCESS_KEY);
    expect(theirs.AWS_ACCESS_KEY_ID).not.toBe(environment.AWS_ACCESS_KEY_ID);
  });
});
