import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { installEngine, startEngine } from '@granary/local';
import { startBareEngine } from '../baseline/bare-engine';
import { BenchError } from '../bench-error';
import type { Figure, Section } from '../figure';
import { ACCOUNT, createTable, KEY, REGION, session, TABLE } from '../gate/scoped-table';
import { percentile } from '../percentile';
import { commandOf, type Measurement, type MeasurementContext } from './measurement';

const REQUESTS = 400;
const WARM_UP = 50;
const DECISIONS = 4000;
const CONCURRENCY = 8;

type Call = (client: DynamoDBClient) => Promise<unknown>;

const OPERATIONS: Readonly<Record<string, Call>> = {
  GetItem: (client) => client.send(new GetItemCommand({ TableName: TABLE, Key: KEY })),
  PutItem: (client) => client.send(new PutItemCommand({ TableName: TABLE, Item: KEY })),
  Query: (client) =>
    client.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': KEY.pk },
      }),
    ),
  BatchGetItem: (client) =>
    client.send(new BatchGetItemCommand({ RequestItems: { [TABLE]: { Keys: [KEY] } } })),
  TransactWriteItems: (client) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: TABLE, Item: KEY } }] })),
};

/** Three clients of the same table: of the bare engine, of a plain role's session, of a tenant's session. */
interface Clients {
  readonly bare: DynamoDBClient;
  readonly plain: DynamoDBClient;
  readonly tenant: DynamoDBClient;
}

export const gateMeasurement: Measurement = {
  name: 'gate',
  summary: 'what judging a DynamoDB request by policies adds to it, beside the bare engine',
  run: (context) => onEngines(context, measureGate),
};

export const scopingMeasurement: Measurement = {
  name: 'scoping',
  summary: "a DynamoDB request with a tenant's scoped credentials, beside one with a plain role's",
  run: (context) => onEngines(context, measureScoping),
};

async function measureGate({ bare, tenant }: Clients, { say }: MeasurementContext): Promise<Section> {
  const figures: Figure[] = [];
  for (const [name, call] of Object.entries(OPERATIONS)) {
    say(`${REQUESTS} ${name} to each, taking turns`);
    const [without, judged] = await alternately(call, [bare, tenant]);
    for (const rank of [50, 99])
      figures.push({
        what: `${name}: added at p${rank}`,
        value: percentile(judged, rank) - percentile(without, rank),
        unit: 'ms',
        note: `${percentile(without, rank).toFixed(1)} ms bare, ${percentile(judged, rank).toFixed(1)} ms judged`,
      });
  }
  say(`${DECISIONS} requests that are denied, ${CONCURRENCY} at a time`);
  const rate = await deniedRate(tenant);
  figures.push({
    what: 'decisions',
    value: rate,
    unit: 'requests/s',
    note: `denials, ${CONCURRENCY} at a time; HTTP and SDK included`,
  });
  return { title: 'Gate', command: commandOf('gate'), figures };
}

async function measureScoping({ plain, tenant }: Clients, { say }: MeasurementContext): Promise<Section> {
  say(`${REQUESTS} GetItem with each, taking turns`);
  const [without, scoped] = await alternately(OPERATIONS.GetItem as Call, [plain, tenant]);
  const [before, after] = [percentile(without, 50), percentile(scoped, 50)];
  const figures: Figure[] = [
    { what: "p50 with a plain role's session", value: before, unit: 'ms' },
    {
      what: "p50 with a tenant's scoped session",
      value: after,
      unit: 'ms',
      note: 'tag, LeadingKeys, inline policy',
    },
    { what: 'scoped to plain', value: after / before, unit: 'x' },
  ];
  return { title: 'Scoping', command: commandOf('scoping'), figures };
}

/** Milliseconds of single requests, the clients taking turns. */
async function alternately(
  call: Call,
  clients: readonly [DynamoDBClient, DynamoDBClient],
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = -WARM_UP; turn < REQUESTS; turn += 1)
    for (const [side, client] of clients.entries()) {
      const began = performance.now();
      await call(client);
      if (turn >= 0) times[side as 0 | 1].push(performance.now() - began);
    }
  return times;
}

/** Denials a second: nothing but the judgement is done for them. */
async function deniedRate(client: DynamoDBClient): Promise<number> {
  const foreign = { ...KEY, pk: { S: 'TENANT#globex#0' } };
  let left = DECISIONS;
  const began = performance.now();
  const work = async () => {
    while (left-- > 0)
      await client.send(new GetItemCommand({ TableName: TABLE, Key: foreign })).then(
        () => {
          throw new BenchError('a foreign row was read');
        },
        (error: Error) => {
          if (error.name !== 'AccessDeniedException') throw error;
        },
      );
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return DECISIONS / ((performance.now() - began) / 1000);
}

async function onEngines(
  context: MeasurementContext,
  measure: (clients: Clients, context: MeasurementContext) => Promise<Section>,
): Promise<readonly Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'granary-bench-'));
  const python = await installEngine({ venvFolder: join(context.source, '.granary', 'venv') });
  const logFile = join(folder, 'engine.log');
  const engine = await startEngine({ python, stateFolder: join(folder, 'state'), logFile, persist: false });
  const bareEngine = await startBareEngine(python);
  const root = engine.clientConfig(ACCOUNT, REGION);
  const unchecked = { accessKeyId: ACCOUNT, secretAccessKey: 'unchecked' };
  const bareConfig = { endpoint: bareEngine.endpoint, region: REGION, credentials: unchecked };
  try {
    await Promise.all([createTable(root), createTable(bareConfig)]);
    const clients = {
      bare: new DynamoDBClient(bareConfig),
      plain: new DynamoDBClient({ ...root, credentials: await session(root, false) }),
      tenant: new DynamoDBClient({ ...root, credentials: await session(root, true) }),
    };
    const section = await measure(clients, context);
    for (const client of Object.values(clients)) client.destroy();
    return [section];
  } finally {
    await Promise.all([engine.stop(2000), bareEngine.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
