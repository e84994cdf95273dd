import { localConfig } from './local-config';

const PLACES = { endpoint: 'http://127.0.0.1:4566', applicationOrigin: 'http://localhost:4581' };

test('settings of the release name what answers on this machine', () => {
  const released = {
    application: 'granary',
    controlApiUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/',
    operators: { region: 'us-east-1', userPoolId: 'us-east-1_Operators', clientId: 'client' },
    tenantApplicationUrl: 'https://d1.cloudfront.net/',
    tenantRoutingUrl: 'https://d1.cloudfront.net/',
  };
  expect(localConfig(JSON.stringify(released), PLACES)).toEqual({
    application: 'granary',
    controlApiUrl: 'http://127.0.0.1:4566/_aws/execute-api/abc123/prod/',
    operators: released.operators,
    tenantApplicationUrl: 'http://localhost:4581/',
    signUpUrl: 'http://localhost:4581/sign-up',
    cognitoEndpoint: 'http://127.0.0.1:4566',
  });
});

test('settings that are none are refused', () => {
  expect(() => localConfig('null', PLACES)).toThrow('must be an object');
});
