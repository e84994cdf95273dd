import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RunRecord } from '@granary/local';
import type { ManifestInput } from '@granary/manifest';
import { StoryCloud } from './story-cloud';

const MINUTE = 60_000;
const ENGINES = ['pipeline', 'distributed', 'pipeline'] as const;
const TENANT = 'acme';
const ROW = { pk: `TENANT#${TENANT}#0`, sk: 'PRODUCT#kept', name: 'kept' };
const USER = 'kept@acme.example.com';

/** What a tenant's stack is and holds. */
interface Silo {
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly row: unknown;
  readonly users: readonly string[];
}

interface Released {
  readonly run: RunRecord;
  readonly silo: Silo;
}

let cloud: StoryCloud | undefined;
const releases: Released[] = [];

beforeAll(async () => {
  const [begin, ...next] = ENGINES;
  cloud = await StoryCloud.start(carriedBy(begin));
  releases.push(await release(cloud));
  await leaveSomething(cloud);
  for (const engine of next) {
    await cloud.editManifest(carriedBy(engine), `Release by the ${engine} engine`);
    releases.push(await release(cloud));
  }
}, 15 * MINUTE);

afterAll(() => cloud?.stop(), 2 * MINUTE);

/** One silo, in a wave of its own. */
function carriedBy(engine: (typeof ENGINES)[number]) {
  return ({ tenants = [], ...manifest }: ManifestInput): ManifestInput => ({
    ...manifest,
    pools: [],
    // No wave names its ring.
    tenants: tenants.filter(({ id }) => id === TENANT).map(({ ring: _, ...silo }) => silo),
    rollout: { engine, waves: [{ name: 'everyone', percentage: 100, bakeMinutes: 15 }] },
  });
}

async function release(cloud: StoryCloud): Promise<Released> {
  return { run: await cloud.release(), silo: await look(cloud) };
}

/** Clients of the silo's account, as its root. */
async function place(cloud: StoryCloud) {
  const manifest = await cloud.manifest();
  const cell = manifest.cells.find(({ id }) => id === manifest.tenants[0]?.cell);
  if (!cell) throw new Error('the manifest has no silo');
  return {
    config: cloud.local.engine.clientConfig(cell.account, cell.region),
    stackName: `${manifest.application}-${TENANT}`,
  };
}

async function outputsOf(cloud: StoryCloud) {
  const { config, stackName } = await place(cloud);
  const { Stacks } = await new CloudFormationClient(config).send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  const stack = Stacks?.[0];
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
  );
  const rows = Object.fromEntries(
    (outputs.TenantRowTables ?? '').split(',').map((pair) => pair.split('=') as [string, string]),
  );
  return { config, stackId: stack?.StackId ?? '', outputs, productTable: rows.products ?? '' };
}

async function leaveSomething(cloud: StoryCloud): Promise<void> {
  const { config, outputs, productTable } = await outputsOf(cloud);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  await documents.send(new PutCommand({ TableName: productTable, Item: ROW }));
  await new CognitoIdentityProviderClient(config).send(
    new AdminCreateUserCommand({
      UserPoolId: outputs.UserPoolId,
      Username: USER,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email', Value: USER }],
    }),
  );
}

async function look(cloud: StoryCloud): Promise<Silo> {
  const { config, stackId, outputs, productTable } = await outputsOf(cloud);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  const { pk, sk } = ROW;
  const { Item } = await documents.send(new GetCommand({ TableName: productTable, Key: { pk, sk } }));
  const { Users = [] } = await new CognitoIdentityProviderClient(config).send(
    new ListUsersCommand({ UserPoolId: outputs.UserPoolId }),
  );
  return { stackId, outputs, row: Item, users: Users.map(emailOf) };
}

function emailOf({ Attributes = [] }: UserType): string {
  return Attributes.find(({ Name }) => Name === 'email')?.Value ?? '';
}

test('each engine carries its release to the end', () => {
  expect(releases.map(({ run }) => run.state)).toEqual(ENGINES.map(() => ({ status: 'succeeded' })));
});

test('the stage of the wave deploys the stack in one mode, and the state machine does in the other', () => {
  const actions = releases.map(({ run }) =>
    run.stages
      .filter(({ name }) => /^(acme|Wave-everyone)/.test(name))
      .flatMap((stage) => stage.actions.map(({ name }) => name)),
  );
  expect(actions.map((names) => names.some((name) => name.endsWith('.Deploy')))).toEqual([true, false, true]);
  for (const names of actions) expect(names).toContain('Run');
});

test('the tenant stays in the same stack, with the same API and the same people', () => {
  const [first] = releases;
  for (const { silo } of releases) {
    expect(silo.stackId).toBe(first?.silo.stackId);
    for (const name of ['ApiUrl', 'UserPoolId', 'UserPoolClientId', 'TenantTableName', 'TenantRowTables'])
      expect([name, silo.outputs[name]]).toEqual([name, first?.silo.outputs[name]]);
  }
  for (const { silo } of releases.slice(1)) expect(silo.users).toContain(USER);
});

test('nothing of the tenant’s data is lost', () => {
  expect(releases.slice(1).map(({ silo }) => silo.row)).toEqual([ROW, ROW]);
});
