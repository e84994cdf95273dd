import { LambdaClient } from '@aws-sdk/client-lambda';
import { EnforcementError, OnboardingQuotaEnforcer } from './quota-enforcer';

const ARN = 'arn:aws:lambda:us-east-1:222222222222:function:onboarding:live';

/** A client whose far end answers with these headers. */
function enforcer(headers: Readonly<Record<string, string>>) {
  const sent: unknown[] = [];
  const requestHandler = {
    handle: async ({ path, body }: { path: string; body: Uint8Array }) => {
      sent.push(decodeURIComponent(path), JSON.parse(Buffer.from(body).toString()));
      return { response: { statusCode: 200, headers, body: Buffer.from('null') } };
    },
  };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new LambdaClient({
    region: 'us-east-1',
    credentials,
    requestHandler: requestHandler as never,
  });
  return { sent, enforcer: new OnboardingQuotaEnforcer(client, ARN) };
}

test('the onboarding function is asked for the tenant', async () => {
  const { sent, enforcer: lambda } = enforcer({});
  await lambda.enforce('hooli');
  expect(sent).toEqual([`/2015-03-31/functions/${ARN}/invocations`, { applyQuota: 'hooli' }]);
});

test('a function that failed is an error with the tenant’s name', async () => {
  const { enforcer: lambda } = enforcer({ 'x-amz-function-error': 'Unhandled' });
  await expect(lambda.enforce('hooli')).rejects.toThrow(EnforcementError);
  await expect(lambda.enforce('hooli')).rejects.toThrow('limits of tenant "hooli"');
});
