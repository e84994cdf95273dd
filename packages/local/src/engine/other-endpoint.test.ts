import { otherEndpoint } from './other-endpoint';

test('no endpoint is named, so the engine is ours', () => {
  expect(otherEndpoint({})).toBeUndefined();
});

test('a named endpoint is used as it is, with its own secret', () => {
  const cloud = otherEndpoint({
    GRANARY_ENDPOINT_URL: 'http://127.0.0.1:4566/',
    GRANARY_ENDPOINT_SECRET: 'of-that-endpoint',
  });
  expect(cloud?.clientConfig('222222222222', 'eu-west-1')).toEqual({
    endpoint: 'http://127.0.0.1:4566',
    region: 'eu-west-1',
    credentials: { accessKeyId: '222222222222', secretAccessKey: 'of-that-endpoint' },
  });
});

test.each(['localhost:4566', 'ftp://127.0.0.1', 'here'])('%s is no endpoint', (named) => {
  expect(() => otherEndpoint({ GRANARY_ENDPOINT_URL: named })).toThrow(
    /GRANARY_ENDPOINT_URL must be an http or https/,
  );
});

test('what another endpoint has mailed is not ours to read', async () => {
  const cloud = otherEndpoint({ GRANARY_ENDPOINT_URL: 'http://127.0.0.1:4566' });
  await expect(cloud?.sentMails()).rejects.toThrow('http://127.0.0.1:4566 is not ours');
});
