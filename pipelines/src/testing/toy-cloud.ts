import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Engine, installEngine, startEngine } from '@granary/local';
import { TOY_MACHINE, toyTemplate } from './toy-template';

const ROOT = join(__dirname, '..', '..', '..');

/** The toy's function on a real engine, behind the machine that the construct makes. */
export class ToyCloud {
  private constructor(
    private readonly folder: string,
    private readonly python: string,
    private readonly persist: boolean,
    private engine: Engine,
  ) {}

  /** @param options.persist whether it can be restarted @default false */
  static async start({ persist = false } = {}): Promise<ToyCloud> {
    const folder = mkdtempSync(join(tmpdir(), 'granary-workflow-'));
    const python = await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') });
    const cloud = new ToyCloud(folder, python, persist, await launch(folder, python, persist));
    await cloud.deploy();
    return cloud;
  }

  /**
   * Ends the engine and starts it again on its state: as an interrupt does, or as a crash, which loses what came
   * behind the last checkpoint.
   */
  async restart(how: 'stop' | 'kill'): Promise<void> {
    if (how === 'stop') await this.engine.stop(2000);
    else {
      await this.engine.checkpoint();
      await this.engine.kill();
    }
    this.engine = await launch(this.folder, this.python, this.persist);
  }

  async close(): Promise<void> {
    await this.engine.stop(2000);
    rmSync(this.folder, { recursive: true, force: true });
  }

  // biome-ignore lint/suspicious/noExplicitAny: each deed answers in its own shape.
  async toy(deed: string, about: object): Promise<any> {
    const client = new LambdaClient(this.config());
    const Payload = JSON.stringify({ toy: deed, ...about });
    const answer = await client.send(new InvokeCommand({ FunctionName: 'toy', Payload }));
    const text = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError) throw new Error(text);
    return JSON.parse(text || 'null');
  }

  /** Reads the operation until it is at a status; gives it with what was made. */
  async until(about: { readonly tenantId: string; readonly operationId: string }, status: string) {
    for (;;) {
      const read = await this.toy('read', about);
      if (read.operation.status === status) return read;
    }
  }

  private config() {
    return this.engine.clientConfig(TOY_MACHINE.account, TOY_MACHINE.region);
  }

  private async deploy(): Promise<void> {
    const config = this.config();
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    const client = new CloudFormationClient(config);
    const object = { Bucket: 'templates', Key: 'toy.json' };
    await s3.send(new CreateBucketCommand(object));
    await s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify(toyTemplate()) }));
    const TemplateURL = `${this.engine.endpoint}/templates/toy.json`;
    const stack = { StackName: 'toy', TemplateURL, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
    await client.send(new CreateStackCommand(stack));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, stack);
  }
}

function launch(folder: string, python: string, persist: boolean): Promise<Engine> {
  const [stateFolder, logFile] = [join(folder, 'state'), join(folder, 'engine.log')];
  return startEngine({ python, stateFolder, logFile, persist });
}
