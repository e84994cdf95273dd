import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type EngineUnderTest, engineForTests } from '../engine-for-tests';
import { deployStack } from './stack-under-test';

jest.setTimeout(120_000);

const OWNER = '111111111111';
const READER = '222222222222';
const STRANGER = '333333333333';
const BUCKET = 'shared-templates';
const REGION = 'us-east-1';

let running: EngineUnderTest;
const config = (account: string) => running.engine.clientConfig(account, REGION);

beforeAll(async () => {
  running = await engineForTests();
  const s3 = new S3Client(config(OWNER));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const resources = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${READER}:root` },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${BUCKET}/*`,
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: resources,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: BUCKET,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  const Resources = {
    Parameter: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/from/elsewhere', Type: 'String', Value: 'x' },
    },
  };
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a.json', Body: JSON.stringify({ Resources }) }));
});
afterAll(() => running.close());

const deploy = (account: string) =>
  deployStack(
    config(account),
    'from-elsewhere',
    { Resources: {} },
    { TemplateBody: undefined, TemplateURL: `https://${BUCKET}.s3.${REGION}.amazonaws.com/a.json` },
  );

test('CloudFormation reads a template of another account whose bucket lets the caller’s account', async () => {
  await expect(deploy(READER)).resolves.toEqual({});
});

test('an account that the bucket’s policy does not name gets nothing', async () => {
  await expect(deploy(STRANGER)).rejects.toThrow(/Template not found/);
});
