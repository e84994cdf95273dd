import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { type EngineUnderTest, engineForTests } from '../engine/engine-for-tests';
import { deployStack, role } from '../engine/gaps/stack-under-test';
import type { Providers } from './providers';
import { Run, type RunEnd } from './run';
import type { RunEvent } from './run-event';
import { RunProgress } from './run-progress';
import { type RunRecord, RunStore } from './run-record';
import { readPipeline } from './structure';

export const PIPELINE_PLACE = { account: '111111111111', region: 'us-east-1' };

/** An engine whose pipelines are executed one run at a time; `close` ends it. */
export class RunsUnderTest {
  readonly events: RunEvent[] = [];
  readonly store: RunStore;
  private runs = 0;

  private constructor(
    private readonly under: EngineUnderTest,
    private readonly providers: Providers,
    private readonly folder: string,
  ) {
    this.store = new RunStore(folder);
  }

  static async start(providers: Providers): Promise<RunsUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'granary-runs-'));
    return new RunsUnderTest(await engineForTests(), providers, folder);
  }

  get engine(): EngineUnderTest['engine'] {
    return this.under.engine;
  }

  get config() {
    return this.engine.clientConfig(PIPELINE_PLACE.account, PIPELINE_PLACE.region);
  }

  /** Deploys a pipeline of that name beside `resources`, with a role that may do all of `actions`. */
  deploy(
    name: string,
    stages: readonly object[],
    actions: readonly string[],
    resources: object = {},
    outputs: Record<string, object> = {},
  ): Promise<Record<string, string>> {
    const Resources = {
      PipelineRole: role({ Service: 'codepipeline.amazonaws.com' }, [
        { Effect: 'Allow', Action: actions, Resource: '*' },
      ]),
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          Name: name,
          PipelineType: 'V2',
          RoleArn: { 'Fn::GetAtt': ['PipelineRole', 'Arn'] },
          ArtifactStore: { Type: 'S3', Location: 'artifacts' },
          Stages: stages,
        },
      },
      ...resources,
    };
    return deployStack(this.config, name, { Resources, Outputs: outputs });
  }

  /** Executes the deployed pipeline once. */
  async run(
    name: string,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<RunEnd & { readonly record: RunRecord }> {
    this.runs += 1;
    const record: RunRecord = {
      ...{ id: `run-${this.runs}`, commit: 'c1', subject: 's', pipeline: '', stages: [] },
      ...{ queuedAt: new Date().toISOString(), state: { status: 'pending' } },
    };
    const onEvent = (event: RunEvent) => this.events.push(event);
    const client = new CodePipelineClient(this.config);
    const run = new Run({
      progress: new RunProgress({ record, store: this.store, onEvent }),
      store: this.store,
      providers: this.providers,
      cloud: this.engine,
      readStructure: () => readPipeline(client, { name, ...PIPELINE_PLACE }),
      signal,
    });
    try {
      return { ...(await run.execute()), record };
    } finally {
      client.destroy();
    }
  }

  async close(): Promise<void> {
    await this.under.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** An action of a template, with its configuration. */
export const templateAction = (
  name: string,
  type: `${string}/${string}`,
  configuration: object,
  more: object = {},
) => {
  const [Category, Provider] = type.split('/');
  return {
    Name: name,
    ActionTypeId: { Owner: 'AWS', Version: '1', Category, Provider },
    Configuration: configuration,
    ...more,
  };
};
