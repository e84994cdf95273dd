import { parseRegistrationSettings } from './registration-settings';
import { StepSettingsError } from './step-error';

const POOL = {
  API_URL: 'http://127.0.0.1:4566/_aws/execute-api/abc/prod/',
  HEALTH_PATHS: '/health/product,/health/order',
  GUARDED_PATH: '/products',
  DEPLOYMENT_FUNCTION_ARN:
    'arn:aws:lambda:us-east-1:222222222222:function:granary-control-plane-deployment:live',
  RELEASE: '0123456789abcdef0123456789abcdef01234567',
  WAVE: 'pools',
  DEPLOYMENT_ID: 'pool-us',
  DEPLOYMENT_KIND: 'pool',
  DEPLOYMENT_ACCOUNT: '222222222222',
  DEPLOYMENT_REGION: 'us-east-1',
  USER_POOL_ID: 'us-east-1_abc',
  USER_POOL_CLIENT_ID: 'client',
  PROVISIONING_ROLE_ARN: 'arn:aws:iam::222222222222:role/granary-pool-us-provision',
  TENANT_TABLE_NAME: 'tenants',
  USAGE_PLAN_IDS: 'basic=a1,premium=b2',
  DATA_ROLE_ARN: 'arn:aws:iam::222222222222:role/granary-pool-us-data',
  TENANT_ROLE_NAME: 'granary-pool-us-tenant',
  TENANT_ROW_TABLES: 'products=product-table,orders=order-table',
  USERS_ROLE_ARN: 'arn:aws:iam::222222222222:role/granary-pool-us-users',
  USER_TABLE_NAME: 'users',
  STACK_NAME: 'granary-pool-us',
  RUN_ID: 'run-1',
  RECORDER_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:111111111111:function:granary-release-recorder:live',
  PATH: '/usr/bin',
};
const SILO = {
  ...POOL,
  DEPLOYMENT_ID: 'acme',
  DEPLOYMENT_KIND: 'silo',
  TENANT_NAME: 'Acme, Inc.',
  TENANT_TIER: 'platinum',
  TENANT_ADMIN_EMAIL: 'admin@acme.example.com',
};

test('a pool’s environment becomes its registration', () => {
  const { registration, smoke, functionArn, recorder } = parseRegistrationSettings(POOL);
  expect(recorder).toEqual({
    functionArn: POOL.RECORDER_FUNCTION_ARN,
    stackName: 'granary-pool-us',
    runId: 'run-1',
  });
  expect(functionArn).toBe(POOL.DEPLOYMENT_FUNCTION_ARN);
  expect(smoke.HEALTH_PATHS).toEqual(['/health/product', '/health/order']);
  expect(registration).toMatchObject({
    deploymentId: 'pool-us',
    usagePlanIds: { basic: 'a1', premium: 'b2' },
    data: {
      roleArn: POOL.DATA_ROLE_ARN,
      tenantRoleName: POOL.TENANT_ROLE_NAME,
      tables: { products: 'product-table', orders: 'order-table' },
    },
    users: { roleArn: POOL.USERS_ROLE_ARN, tableName: POOL.USER_TABLE_NAME },
  });
  expect(registration).not.toHaveProperty('tenant');
});

test('a silo’s registration names its tenant', () => {
  expect(parseRegistrationSettings(SILO).registration.tenant).toEqual({
    tenantId: 'acme',
    name: 'Acme, Inc.',
    tier: 'platinum',
    adminEmail: 'admin@acme.example.com',
  });
});

test('everything that is missing is named at once', () => {
  const { USER_POOL_ID: _, ...rest } = POOL;
  const parse = () => parseRegistrationSettings({ ...rest, RELEASE: '', USAGE_PLAN_IDS: '{"basic":"a1"}' });
  expect(parse).toThrow(StepSettingsError);
  expect(parse).toThrow(
    /RELEASE is missing; USER_POOL_ID is missing; USAGE_PLAN_IDS: must be tier=plan,tier=plan/,
  );
});

test('a silo without its tenant is refused', () => {
  const { TENANT_TIER: _, ...rest } = SILO;
  expect(() => parseRegistrationSettings(rest)).toThrow(/tenant\.tier/);
});

test('a release that is no commit is refused', () => {
  expect(() => parseRegistrationSettings({ ...POOL, RELEASE: 'main' })).toThrow(
    /release: must be a commit id/,
  );
});
