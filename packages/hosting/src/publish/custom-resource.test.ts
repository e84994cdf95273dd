import { customResource } from './custom-resource';

const request = (RequestType: string, more: object = {}) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example.com/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Pages',
  ResourceProperties: { Site: 'bucket' },
  ...more,
});

/** @returns what CloudFormation was answered, and what was made */
async function ask(event: unknown, make: (properties: unknown) => Promise<string>) {
  const answers: Record<string, unknown>[] = [];
  const made: unknown[] = [];
  const resource = {
    make: (properties: unknown) => {
      made.push(properties);
      return make(properties);
    },
  };
  await customResource(resource, async (_, body) => void answers.push(JSON.parse(body)))(event);
  return { answers, made };
}

test('what was made is answered with its id', async () => {
  const { answers, made } = await ask(request('Create'), async () => 'site-bucket');
  expect(answers).toEqual([
    expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'site-bucket', RequestId: 'request' }),
  ]);
  expect(made).toEqual([{ Site: 'bucket' }]);
});

test('a failure is answered with its reason, under the id that there was', async () => {
  const event = request('Update', { PhysicalResourceId: 'site-bucket' });
  const { answers } = await ask(event, () => Promise.reject(new Error('the build has no "tenant.html"')));
  expect(answers).toMatchObject([
    { Status: 'FAILED', PhysicalResourceId: 'site-bucket', Reason: 'the build has no "tenant.html"' },
  ]);
});

test('what goes leaves what it made', async () => {
  const event = request('Delete', { PhysicalResourceId: 'site-bucket' });
  const { answers, made } = await ask(event, async () => 'other');
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'site-bucket' }]);
  expect(made).toEqual([]);
});
