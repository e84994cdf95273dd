import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { type Engine, installEngine, startEngine } from '@granary/local';
import { openRoutingStore } from './open-routing-store';
import { type RoutingStore, RoutingStoreChangedError } from './routing-store';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..', '..', '..');
const TEMPLATE = {
  Resources: { Store: { Type: 'AWS::CloudFront::KeyValueStore', Properties: { Name: 'tenants' } } },
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Store', 'Arn'] } } },
};
let engine: Engine;
let folder: string;
let store: RoutingStore;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-routing-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
  const config = engine.clientConfig('222222222222', 'us-east-1');
  const client = new CloudFormationClient(config);
  const StackName = 'routing';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(TEMPLATE) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const arn = Stacks?.[0]?.Outputs?.[0]?.OutputValue as string;
  store = openRoutingStore(arn, config.endpoint, { region: config.region, credentials: config.credentials });
});
afterAll(async () => {
  await engine?.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

test('entries come and go together, and are read one by one or all', async () => {
  await store.change(
    new Map([
      ['acme', '{"tenantId":"acme"}'],
      ['globex', '{"tenantId":"globex"}'],
    ]),
    await store.version(),
  );
  expect(await store.read('acme')).toBe('{"tenantId":"acme"}');
  await store.change(
    new Map([
      ['acme', undefined],
      ['initech', '{}'],
    ]),
    await store.version(),
  );
  expect(await store.read('acme')).toBeUndefined();
  expect([...(await store.all()).keys()].sort()).toEqual(['globex', 'initech']);
});

test('a change against an older version is refused, and changes nothing', async () => {
  const version = await store.version();
  await store.change(new Map([['hooli', '{"by":"first"}']]), version);
  const late = store.change(new Map([['hooli', '{"by":"second"}']]), version);
  await expect(late).rejects.toBeInstanceOf(RoutingStoreChangedError);
  expect(await store.read('hooli')).toBe('{"by":"first"}');
});
