import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { shardOf } from '@granary/auth';
import { copyRows, DynamoRows, purgeRows, type Slice, type Survey, verifyRows } from '@granary/control-plane';
import { type EngineClientConfig, installEngine, startEngine } from '@granary/local';
import { BenchError } from '../bench-error';
import type { Section } from '../figure';
import { commandOf, type Measurement, type MeasurementContext } from './measurement';

const ROWS = 100_000;
/** Rows that are written while the copy runs: what the pass behind the freeze has to find. */
const LATE = 1000;
const SHARDS = { source: 4, target: 8 };
const ENDLESS = { over: () => false };
const TENANT = 'acme';
const [SOURCE, TARGET] = [
  { account: '222222222222', region: 'us-east-1' },
  { account: '333333333333', region: 'eu-west-1' },
];

export const moveMeasurement: Measurement = {
  name: 'move',
  summary: `moving ${ROWS} rows of a tenant to another deployment: copy, the pass behind the freeze, verification`,
  run: (context) => onTables(context, measureMove),
};

export const purgeMeasurement: Measurement = {
  name: 'purge',
  summary: `purging ${ROWS} rows of a tenant, read back`,
  run: (context) => onTables(context, measurePurge),
};

interface Ends {
  readonly source: DynamoRows;
  readonly target: DynamoRows;
}

async function measureMove({ source, target }: Ends, { say }: MeasurementContext): Promise<Section> {
  const [from, to] = [new Map([['products', source]]), new Map([['products', target]])];
  const copy = () =>
    copyRows({ source: from, target: to, shards: SHARDS.target, cursor: undefined, time: ENDLESS });
  say(`copying ${ROWS} rows`);
  const first = await timed(copy);
  await write(source, ROWS, LATE);
  say('the pass behind the freeze, and the verification');
  const delta = await timed(copy);
  const verified = await timed(() => verifyRows(from, to, undefined, ENDLESS));
  if (result(delta.value).put !== LATE || result(verified.value).rows !== ROWS + LATE)
    throw new BenchError('the copy is not what was written');
  return {
    title: 'Move of a tenant',
    command: commandOf('move'),
    figures: [
      { what: 'copy', value: ROWS / first.seconds, unit: 'rows/s', note: `${ROWS} rows, 4 shards to 8` },
      {
        what: 'writes frozen',
        value: (delta.seconds + verified.seconds) * 1000,
        unit: 'ms',
        note: `${LATE} late rows: the second pass and the verification, without the time that IAM settles`,
      },
      {
        what: 'verification',
        value: (2 * (ROWS + LATE)) / verified.seconds,
        unit: 'rows/s',
        note: 'both ends',
      },
    ],
  };
}

async function measurePurge({ source }: Ends, { say }: MeasurementContext): Promise<Section> {
  let kept: Survey | undefined;
  const memory = {
    recall: async () => kept,
    keep: async (survey: Survey) => {
      kept = survey;
    },
  };
  say(`purging ${ROWS} rows`);
  const tables = new Map([['products', source]]);
  const options = { tables, memory, expected: undefined, cursor: undefined, time: ENDLESS };
  const { seconds, value } = await timed(() => purgeRows(options));
  if (result(value).rows !== ROWS) throw new BenchError('the purge is not what was written');
  return {
    title: 'Purge of a tenant',
    command: commandOf('purge'),
    figures: [
      {
        what: 'purge',
        value: ROWS / seconds,
        unit: 'rows/s',
        note: `${ROWS} rows: counted and digested, removed, read back`,
      },
    ],
  };
}

function result<Result>(slice: Slice<Result, unknown>): Result {
  if (!slice.done) throw new BenchError('the slice did not come to its end');
  return slice.result;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const began = performance.now();
  return { value: await work(), seconds: (performance.now() - began) / 1000 };
}

/** Rows as the product service writes them, about 300 bytes each. */
async function write(table: DynamoRows, start: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const id = String(start + index).padStart(26, '0');
    const sortKey = `PRODUCT#${id}`;
    const row = {
      sk: { S: sortKey },
      productId: { S: id },
      sku: { S: `SKU-${id}` },
      name: { S: 'wheat' },
      price: { N: '19.99' },
      category: { S: 'grain' },
      version: { N: '1' },
      createdAt: { S: '2026-01-02T03:04:05.000Z' },
      updatedAt: { S: '2026-01-02T03:04:05.000Z' },
    };
    return { row, sortKey, shard: shardOf(id, SHARDS.source) };
  });
  for (let at = 0; at < rows.length; at += 200)
    await Promise.all(
      Array.from({ length: 8 }, (_, batch) =>
        table.put(rows.slice(at + batch * 25, Math.min(at + batch * 25 + 25, at + 200))),
      ),
    );
}

async function onTables(
  context: MeasurementContext,
  measure: (ends: Ends, context: MeasurementContext) => Promise<Section>,
): Promise<readonly Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'granary-bench-'));
  const python = await installEngine({ venvFolder: join(context.source, '.granary', 'venv') });
  const logFile = join(folder, 'engine.log');
  const engine = await startEngine({ python, stateFolder: join(folder, 'state'), logFile, persist: false });
  try {
    const [source, target] = await Promise.all(
      [SOURCE, TARGET].map((place) => rowsIn(engine.clientConfig(place.account, place.region))),
    );
    context.say(`writing ${ROWS} rows`);
    await write(source as DynamoRows, 0, ROWS);
    return [await measure({ source, target } as Ends, context)];
  } finally {
    await engine.stop(2000);
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsIn(config: EngineClientConfig): Promise<DynamoRows> {
  const client = new DynamoDBClient(config);
  const [tableName, keys] = ['products', ['pk', 'sk'] as const];
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map((name) => ({ AttributeName: name, KeyType: name === 'pk' ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  return new DynamoRows({ client, tableName, tenantId: TENANT });
}
