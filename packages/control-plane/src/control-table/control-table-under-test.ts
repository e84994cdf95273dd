import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Engine, installEngine, startEngine } from '@granary/local';

const [ACCOUNT, REGION] = ['222222222222', 'us-east-1'];

/** The control table on an engine of its own. */
export class ControlTableUnderTest {
  readonly tableName = 'control';

  private constructor(
    readonly client: DynamoDBDocumentClient,
    private readonly engine: Engine,
    private readonly folder: string,
  ) {}

  static async start(): Promise<ControlTableUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'granary-control-table-'));
    const root = join(__dirname, '..', '..', '..', '..');
    const engine = await startEngine({
      python: await installEngine({ venvFolder: join(root, '.granary', 'venv') }),
      stateFolder: join(folder, 'state'),
      logFile: join(folder, 'engine.log'),
      persist: false,
    });
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(engine.clientConfig(ACCOUNT, REGION)), {
      marshallOptions: { removeUndefinedValues: true },
    });
    const made = new ControlTableUnderTest(client, engine, folder);
    const keys = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ];
    await client.send(
      new CreateTableCommand({
        TableName: made.tableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keys('pk', 'sk'),
        AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        GlobalSecondaryIndexes: [
          { IndexName: 'list', KeySchema: keys('listPk', 'listSk'), Projection: { ProjectionType: 'ALL' } },
        ],
      }),
    );
    return made;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.engine.stop(2_000);
    await rm(this.folder, { recursive: true, force: true });
  }
}
