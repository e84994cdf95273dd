import { reachableApiUrls } from './api-url';

const ENDPOINT = 'http://127.0.0.1:4566';
const AWS = 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com';
const HERE = `${ENDPOINT}/_aws/execute-api/a1b2c3`;

const CASES = [
  { why: 'a stage url keeps its path', from: `${AWS}/prod/`, to: `${HERE}/prod/` },
  { why: 'a url without a path', from: AWS, to: HERE },
  {
    why: 'several urls in JSON',
    from: `["${AWS}/prod","${AWS}/prod/x"]`,
    to: `["${HERE}/prod","${HERE}/prod/x"]`,
  },
  { why: 'the China partition', from: `${AWS}.cn/prod`, to: `${HERE}/prod` },
  {
    why: 'another host of AWS stays',
    from: 'https://s3.eu-west-1.amazonaws.com/x',
    to: 'https://s3.eu-west-1.amazonaws.com/x',
  },
  { why: 'a host that only begins alike stays', from: `${AWS}.evil.example/x`, to: `${AWS}.evil.example/x` },
  { why: 'plain text stays', from: 'us-east-1_AbC', to: 'us-east-1_AbC' },
];

test.each(CASES)('$why', ({ from, to }) => {
  expect(reachableApiUrls(from, ENDPOINT)).toBe(to);
});
