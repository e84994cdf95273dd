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
let engine: Engine;
let folder: string;
let stores = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-routing-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
});
afterAll(async () => {
  await engine?.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

/** An empty store of the test's own: tests run in any order. */
const anEmptyStore = async (): Promise<RoutingStore> => {
  const config = engine.clientConfig('222222222222', 'us-east-1');
  const client = new CloudFormationClient(config);
  stores += 1;
  const StackName = `routing-${stores}`;
  const template = {
    Resources: { Store: { Type: 'AWS::CloudFront::KeyValueStore', Properties: { Name: StackName } } },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Store', 'Arn'] } } },
  };
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const arn = Stacks?.[0]?.Outputs?.[0]?.OutputValue as string;
  return openRoutingStore(arn, config.endpoint, { region: config.region, credentials: config.credentials });
};

test('entries come and go together, and are read one by one or all', async () => {
  const store = await anEmptyStore();
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
  const store = await anEmptyStore();
  const version = await store.version();
  await store.change(new Map([['hooli', '{"by":"first"}']]), version);
  const late = store.change(new Map([['hooli', '{"by":"second"}']]), version);
  await expect(late).rejects.toBeInstanceOf(RoutingStoreChangedError);
  expect(await store.read('hooli')).toBe('{"by":"first"}');
});
