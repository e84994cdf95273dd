import * as z from 'zod';
import { applicationAuthorizerEnvironment, jsonSetting, parseEnvironment } from './environment';
import { EnvironmentError } from './errors';

const COMPLETE = {
  USER_POOL_ID: 'us-east-1_Granary01',
  USER_POOL_CLIENT_ID: 'client',
  USER_TABLE_NAME: 'granary-users',
  TENANT_ROLE_ARN: 'arn:aws:iam::222222222222:role/tenant',
  TENANT_TABLE_NAME: 'tenants',
};

it('a complete environment is taken', () => {
  expect(parseEnvironment(applicationAuthorizerEnvironment, COMPLETE)).toEqual({
    ...COMPLETE,
    CREDENTIAL_VENDING: 'authorizer',
  });
});

it('all that is missing is listed at once', () => {
  expect(() => parseEnvironment(applicationAuthorizerEnvironment, {})).toThrow(
    'wrong environment: USER_POOL_ID is missing; USER_POOL_CLIENT_ID is missing; USER_TABLE_NAME is missing; TENANT_TABLE_NAME is missing; ' +
      "TENANT_ROLE_ARN is missing; correct the function's variables in its stack",
  );
});

it('a malformed setting is named, its value is not', () => {
  const settings = { ...COMPLETE, TENANT_ROLE_ARN: 'hunter2' };
  expect(() => parseEnvironment(applicationAuthorizerEnvironment, settings)).toThrow(
    new EnvironmentError(['TENANT_ROLE_ARN is malformed (must be the ARN of a role)']),
  );
});

describe('a setting that holds JSON', () => {
  const schema = z.object({ TIER_SHARDS: jsonSetting(z.record(z.string(), z.number().int().min(1))) });

  it('is parsed', () => {
    expect(parseEnvironment(schema, { TIER_SHARDS: '{"basic":2}' })).toEqual({ TIER_SHARDS: { basic: 2 } });
  });

  it('must be JSON', () => {
    expect(() => parseEnvironment(schema, { TIER_SHARDS: '{' })).toThrow(
      'TIER_SHARDS is malformed (must be JSON)',
    );
  });

  it('must be of its shape; the place is named', () => {
    expect(() => parseEnvironment(schema, { TIER_SHARDS: '{"basic":0}' })).toThrow(
      'TIER_SHARDS.basic is malformed',
    );
  });
});
