import { localConfig } from './local-config';

const ENDPOINT = 'http://127.0.0.1:4566';

test('settings of the release name what answers on this machine', () => {
  const released = {
    controlPlane: { apiUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/', region: 'us-east-1' },
    routingUrl: 'https://d1.cloudfront.net/',
  };
  expect(localConfig(JSON.stringify(released), ENDPOINT)).toEqual({
    controlPlane: { apiUrl: `${ENDPOINT}/_aws/execute-api/abc123/prod/`, region: 'us-east-1' },
    userPoolEndpoint: ENDPOINT,
  });
});

test('settings that are none are refused', () => {
  expect(() => localConfig('null', ENDPOINT)).toThrow('must be an object');
});
