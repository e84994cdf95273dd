import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundles, bundleFunctions } from './bundle';
import { FUNCTION_ENTRIES, type FunctionEntry } from './function-entries';

const MACHINE = 'arn:aws:states:us-east-1:222222222222:stateMachine:onboarding';
const CONTROL = {
  CONTROL_TABLE_NAME: 'control',
  WORKFLOW_MACHINES: JSON.stringify({ onboarding: MACHINE }),
};
const OPERATORS = {
  USER_POOL_ID: 'us-east-1_abc',
  USER_POOL_CLIENT_ID: 'client',
  USER_TABLE_NAME: 'users',
};
const AUDIT = { AUDIT_TABLE_NAME: 'audit', ANCHOR_BUCKET_NAME: 'anchors' };
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/222222222222/queue';
const BILLING = { CONTROL_TABLE_NAME: 'control', PLANS: '{}', BILLING_PARAMETER: '/granary/billing' };
const RELEASE = { RELEASE_TABLE_NAME: 'releases', VERSIONS_BUCKET_NAME: 'versions' };
const TIER_SHARDS = '{"basic":4}';

/** The environment that the stacks give each function. */
const ENVIRONMENTS: Readonly<Record<FunctionEntry, Readonly<Record<string, string>>>> = {
  'application-authorizer': {
    ...OPERATORS,
    TENANT_ROLE_ARN: 'arn:aws:iam::222222222222:role/tenant',
    TENANT_TABLE_NAME: 'tenants',
  },
  'session-tags': {},
  'site-publisher': {},
  'tenant-routing': {
    CONTROL_TABLE_NAME: 'control',
    ROUTING_STORE_ARN: 'arn:aws:cloudfront::222222222222:key-value-store/tenants',
  },
  'control-authorizer': OPERATORS,
  product: { PRODUCT_TABLE_NAME: 'products', TIER_SHARDS },
  order: { ORDER_TABLE_NAME: 'orders', PRODUCT_TABLE_NAME: 'products', TIER_SHARDS },
  usage: {},
  user: { USER_TABLE_NAME: 'users', USER_POOL_ID: 'us-east-1_Users', USERS: 'own' },
  'tenant-user': { CONTROL_TABLE_NAME: 'control' },
  'support-sweep': { CONTROL_TABLE_NAME: 'control' },
  operator: { CONTROL_TABLE_NAME: 'control', USER_POOL_ID: 'us-east-1_Operators' },
  registration: { ...CONTROL, TIERS: '{"basic":{"model":"pool"}}' },
  tenant: { CONTROL_TABLE_NAME: 'control' },
  deployment: CONTROL,
  onboarding: {
    CONTROL_TABLE_NAME: 'control',
    APPLICATION: 'granary',
    TIERS: '{"basic":{"model":"pool"}}',
    TENANT_DATA_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:222222222222:function:granary-tenant-data:live',
    SOURCE_PARAMETER: '/granary/source',
    SILO_ONBOARDING: '{}',
  },
  operation: CONTROL,
  release: {
    CONTROL_TABLE_NAME: 'control',
    RELEASE_CONTROL_FUNCTION_ARN:
      'arn:aws:lambda:us-east-1:111111111111:function:granary-release-control:live',
  },
  lifecycle: { ...CONTROL, TIERS: '{"basic":{"model":"pool"}}' },
  'tenant-data': {
    CONTROL_TABLE_NAME: 'control',
    APPLICATION: 'granary',
    ARCHIVE_BUCKET_NAME: 'archives',
    ARCHIVE_KEY_ARN: 'arn:aws:kms:us-east-1:222222222222:key/archive',
    TIER_SHARDS,
    FREEZE_SETTLE_PARAMETER: '/granary/freeze-settle-seconds',
  },
  quota: {
    CONTROL_TABLE_NAME: 'control',
    ONBOARDING_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:222222222222:function:onboarding:live',
  },
  'meter-reader': { EVENT_BUS_ARN: 'arn:aws:events:us-east-1:222222222222:event-bus/granary-events' },
  metering: { CONTROL_TABLE_NAME: 'control' },
  billing: BILLING,
  'billing-run': BILLING,
  audit: AUDIT,
  'audit-anchor': AUDIT,
  events: {
    CONTROL_TABLE_NAME: 'control',
    OUTBOX_DEAD_LETTERS_URL: QUEUE,
    OUTBOX_RETRIES_URL: QUEUE,
    RECEIVED_DEAD_LETTERS_URL: QUEUE,
    RECEIVED_URL: QUEUE,
  },
  'outbox-relay': {
    EVENT_BUS_NAME: 'granary-events',
    AUDIT_TABLE_NAME: 'audit',
    DEAD_LETTER_QUEUE_URL: QUEUE,
  },
  'event-receiver': { CONTROL_TABLE_NAME: 'control', DEAD_LETTER_QUEUE_URL: QUEUE },
  canary: {
    API_URL: 'https://abc.execute-api.us-east-1.amazonaws.com/prod/',
    ...OPERATORS,
    TENANT_TABLE_NAME: 'tenants',
    USAGE_KEY_ID: 'key',
    TIER: 'basic',
    CANARY: 'user',
  },
  'release-entry': {
    ...RELEASE,
    OBSERVER_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:111111111111:function:observer:live',
  },
  'release-observer': { ...RELEASE, APPLICATION: 'granary' },
  'release-wave': RELEASE,
  'release-recorder': RELEASE,
  'release-deployer': {
    ...RELEASE,
    AWS_REGION: 'us-east-1',
    DEPLOYMENT_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:222222222222:function:deployment:live',
  },
  'release-orders': RELEASE,
  'release-halt': { ...RELEASE, PIPELINE_NAME: 'granary-pipeline', WAVE_MACHINE_ARN: MACHINE },
  'release-control': {
    ...RELEASE,
    PIPELINE_NAME: 'granary-pipeline',
    INSPECTOR_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:111111111111:function:inspector',
    ROLLBACK_MACHINE_ARN: 'arn:aws:states:us-east-1:111111111111:stateMachine:rollback',
    DEPLOY_MACHINE_ARN: 'arn:aws:states:us-east-1:111111111111:stateMachine:deploy',
  },
  'release-inspector': {},
};
const ENTRIES = Object.keys(FUNCTION_ENTRIES) as FunctionEntry[];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a bundle's handler is, in a process that has nothing but the bundle, its environment and the layer. */
function typeOfHandler(entry: FunctionEntry, { functions, runtime }: Bundles): string {
  const file = join(functions.get(entry) ?? '', 'index.js');
  const script = `process.stdout.write(typeof require(${JSON.stringify(file)}).handler, () => process.exit())`;
  return execFileSync(process.execPath, ['--no-warnings', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...ENVIRONMENTS[entry],
      AWS_REGION: 'us-east-1',
      // Nobody listens: a function that fetches at its start must not need the network to load.
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      NODE_PATH: runtime === undefined ? '' : join(runtime, 'nodejs', 'node_modules'),
    },
  });
}

function digests({ functions }: Bundles): readonly string[] {
  return [...functions.values()].map((path) =>
    createHash('sha256')
      .update(readFileSync(join(path, 'index.js')))
      .digest('hex'),
  );
}

describe('with everything in its own file', () => {
  let bundles: Bundles;
  beforeAll(() => {
    bundles = bundleFunctions({ folder: join(folder, 'bundled') });
  });

  test.each(ENTRIES)('%s loads with nothing beside it', (entry) => {
    expect(readdirSync(bundles.functions.get(entry) ?? '')).toEqual(['index.js']);
    expect(typeOfHandler(entry, bundles)).toBe('function');
  });

  test('the same sources make the same bytes in another folder', () => {
    expect(digests(bundleFunctions({ folder: join(folder, 'again') }))).toEqual(digests(bundles));
  });
});

describe('with a shared runtime', () => {
  let bundles: Bundles;
  beforeAll(() => {
    bundles = bundleFunctions({ folder: join(folder, 'layer'), packaging: 'layer' });
  });

  test.each(ENTRIES)('%s loads with the layer', (entry) => {
    expect(typeOfHandler(entry, bundles)).toBe('function');
  });

  test('a service’s own file is small', () => {
    expect(statSync(join(bundles.functions.get('product') ?? '', 'index.js')).size).toBeLessThan(200_000);
  });
});
