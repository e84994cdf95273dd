import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startEngine } from './engine';
import { type EngineUnderTest, engineForTests, pythonForTests } from './engine-for-tests';

const LIMIT_MS = 120_000;
const opened: EngineUnderTest[] = [];
const open = async (options = {}) => {
  const made = await engineForTests(options);
  opened.push(made);
  return made;
};

afterEach(async () => {
  // The last first: it may live in the folder of an earlier one.
  for (const each of opened.splice(0).reverse()) await each.close();
});

describe('the engine', () => {
  test(
    'acts as the root of whichever account is asked for',
    async () => {
      const { engine } = await open();
      const client = new STSClient(engine.clientConfig('222222222222', 'us-east-1'));
      const identity = await client.send(new GetCallerIdentityCommand({}));
      expect(identity.Arn).toBe('arn:aws:iam::222222222222:root');
    },
    LIMIT_MS,
  );

  test(
    'names the port that is taken',
    async () => {
      const holder = createServer().listen(0, '127.0.0.1');
      await once(holder, 'listening');
      const { port } = holder.address() as { port: number };
      await expect(open({ port })).rejects.toMatchObject({
        reason: 'port-taken',
        message: expect.stringContaining(`port ${port}`),
      });
      holder.close();
    },
    LIMIT_MS,
  );

  test(
    'keeps its state over a clean stop',
    async () => {
      const first = await open({ persist: true });
      const account = first.engine.clientConfig('222222222222', 'eu-west-1');
      await new DynamoDBClient(account).send(
        new CreateTableCommand({
          TableName: 'kept',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        }),
      );
      expect(await first.engine.stop()).toEqual({ code: 0, signal: null });
      const second = await open({ persist: true, stateFolder: join(first.folder, 'state') });
      const table = await new DynamoDBClient(second.engine.clientConfig('222222222222', 'eu-west-1')).send(
        new DescribeTableCommand({ TableName: 'kept' }),
      );
      expect(table.Table?.TableStatus).toBe('ACTIVE');
    },
    LIMIT_MS,
  );

  test(
    'ends when the process that started it is killed',
    async () => {
      const python = await pythonForTests();
      const { folder } = await open();
      const launcher = join(__dirname, '..', '..', 'engine', 'launcher.py');
      const settings = {
        port: 0,
        adminToken: 'a',
        rootSecret: 'b',
        stateFolder: join(folder, 'orphan'),
        persist: false,
        alarmMinuteSeconds: 10,
      };
      const parent = spawn(process.execPath, [
        '-e',
        `const child = require('node:child_process').spawn(${JSON.stringify(python)}, [${JSON.stringify(launcher)}],
        { stdio: ['pipe', 'pipe', 'ignore'] });
       child.stdin.write(${JSON.stringify(`${JSON.stringify(settings)}\n`)});
       child.stdout.once('data', () => process.stdout.write(String(child.pid)));`,
      ]);
      const [pid] = await once(parent.stdout, 'data');
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await expect(gone(Number(String(pid)))).resolves.toBe(true);
    },
    LIMIT_MS,
  );

  test(
    'shows its secrets neither in its environment nor in its arguments',
    async () => {
      const { engine } = await open();
      const seen = execFileSync('ps', ['eww', '-o', 'command', '-p', String(engine.pid)], {
        encoding: 'utf8',
      });
      expect(seen).toContain('launcher.py');
      expect(seen).not.toContain(engine.rootSecret);
      expect(seen).not.toContain(engine.adminToken);
    },
    LIMIT_MS,
  );

  test(
    'writes its log to the file it was given',
    async () => {
      const { engine, folder } = await open();
      await engine.stop();
      expect(() => readFileSync(join(folder, 'engine.log'))).not.toThrow();
    },
    LIMIT_MS,
  );

  test(
    'says where to look when it ends at its start',
    async () => {
      const { folder } = await open();
      await expect(
        startEngine({
          python: 'false',
          stateFolder: join(folder, 'none'),
          logFile: join(folder, 'none.log'),
        }),
      ).rejects.toThrow(/ended at its start \(1\); see .*none\.log/);
    },
    LIMIT_MS,
  );
});

/** Whether the process ends; the test's own limit bounds the wait. */
async function gone(pid: number): Promise<boolean> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
