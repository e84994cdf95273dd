import { apiIdOf, reachableUrl } from './reachable-url';

const ENDPOINT = 'http://127.0.0.1:4777';

test.each([
  ['https://abc123.execute-api.eu-west-1.amazonaws.com/prod/', `${ENDPOINT}/_aws/execute-api/abc123/prod/`],
  ['http://127.0.0.1:4566/_aws/execute-api/abc123/prod/', `${ENDPOINT}/_aws/execute-api/abc123/prod/`],
  ['https://api.acme.example/prod/', 'https://api.acme.example/prod/'],
])('%s is reached at %s', (url, reachable) => {
  expect(reachableUrl(url, ENDPOINT)).toBe(reachable);
});

test('the id of an API is in both forms of its URL', () => {
  expect(apiIdOf('https://abc123.execute-api.eu-west-1.amazonaws.com/prod/')).toBe('abc123');
  expect(apiIdOf(`${ENDPOINT}/_aws/execute-api/abc123/prod/`)).toBe('abc123');
  expect(apiIdOf('https://api.acme.example/prod/')).toBeUndefined();
});
