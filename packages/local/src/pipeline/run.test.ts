import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionContext, ActionResult } from './action';
import { NO_CONDITIONS } from './condition';
import { ActionFailedError } from './errors';
import { Run } from './run';
import type { RunEvent } from './run-event';
import { RunProgress } from './run-progress';
import { type RunRecord, RunStore } from './run-record';
import type { PipelineAction, PipelineStructure } from './structure';

let folder: string;
let events: RunEvent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'granary-run-'));
  events = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const action = (name: string, more: Partial<PipelineAction> = {}): PipelineAction => ({
  ...{ name, category: 'Build', provider: 'CodeBuild', runOrder: 1 },
  ...{ configuration: {}, inputs: [], outputs: [], region: 'us-east-1' },
  ...more,
});

const pipeline = (stages: Record<string, PipelineAction[]>, digest = 'd1'): PipelineStructure => ({
  ...{
    name: 'p',
    account: '111111111111',
    region: 'us-east-1',
    roleArn: 'arn:aws:iam::111111111111:role/p',
    digest,
  },
  stages: Object.entries(stages).map(([name, actions]) => ({ name, actions, conditions: NO_CONDITIONS })),
});

const unused = () => {
  throw new Error('the fake provider needs no cloud');
};

const run = (structures: PipelineStructure[], execute: (context: ActionContext) => Promise<ActionResult>) => {
  const made = prepare(structures, execute);
  return { record: made.record, end: made.run.execute() };
};

const prepare = (
  structures: PipelineStructure[],
  execute: (context: ActionContext) => Promise<ActionResult>,
  id = 'r1',
) => {
  const store = new RunStore(folder);
  const record: RunRecord = {
    ...{ id, commit: 'c1', subject: 's', pipeline: '', queuedAt: new Date(0).toISOString() },
    state: { status: 'pending' } as const,
    stages: [],
  };
  const progress = new RunProgress({ record, store, onEvent: (event) => events.push(event) });
  const readStructure = async () =>
    (structures.length > 1 ? structures.shift() : structures[0]) as PipelineStructure;
  const providers = new Map([['Build/CodeBuild', { execute }]]);
  const cloud = { endpoint: 'http://127.0.0.1:1', clientConfig: unused, serviceSession: unused };
  const { signal } = new AbortController();
  return { record, run: new Run({ progress, store, providers, cloud, readStructure, signal }) };
};

test('groups follow each other and share variables through namespaces', async () => {
  const order: string[] = [];
  const { end } = run(
    [
      pipeline({
        One: [
          action('b', { runOrder: 2, configuration: { X: '#{Ns.V}-#{codepipeline.PipelineExecutionId}' } }),
          action('a', { namespace: 'Ns' }),
        ],
        Two: [action('c')],
      }),
    ],
    async ({ action: { name }, configuration }) => {
      order.push(`${name}${configuration.X ?? ''}`);
      return { variables: { V: 'value' } };
    },
  );
  expect((await end).outcome).toEqual({ status: 'succeeded' });
  expect(order).toEqual(['a', 'bvalue-r1', 'c']);
});

test('when one of a group fails the others finish, and no later group or stage starts', async () => {
  const finished: string[] = [];
  const { end, record } = run(
    [
      pipeline({
        One: [action('bad'), action('good'), action('later', { runOrder: 2 })],
        Two: [action('c')],
      }),
    ],
    async ({ action: { name } }) => {
      if (name === 'bad') throw new ActionFailedError('no luck', ['why']);
      finished.push(name);
      return {};
    },
  );
  expect((await end).outcome).toEqual({ status: 'failed', reason: 'One.bad: no luck', details: ['why'] });
  expect(finished).toEqual(['good']);
  expect(record).toMatchObject({
    stages: [
      {
        name: 'One',
        actions: [
          { state: { status: 'failed' } },
          { state: { status: 'succeeded' } },
          { state: { status: 'pending' } },
        ],
      },
      { name: 'Two', state: { status: 'pending' } },
    ],
  });
});

test('a stage that changes the pipeline ends the run as superseded, before the next stage', async () => {
  const seen: string[] = [];
  const before = pipeline({ Update: [action('mutate')], Two: [action('c')] });
  const { end } = run([before, { ...before, digest: 'd2' }], async ({ action: { name } }) => {
    seen.push(name);
    return {};
  });
  expect((await end).outcome).toEqual({
    status: 'superseded',
    reason: 'stage "Update" changed the pipeline',
  });
  expect(seen).toEqual(['mutate']);
});

test('a pipeline with a provider that is unknown here is refused before its first action', async () => {
  const stages = { One: [action('a')], Two: [action('ship', { category: 'Deploy', provider: 'S3' })] };
  const { end } = run([pipeline(stages)], async () => ({}));
  expect((await end).outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('no provider for "Two.ship" (Deploy/S3)'),
  });
  expect(events.some((event) => event.type === 'action-started')).toBe(false);
});

test('a retry runs what failed and what had not started, with what the others had handed on', async () => {
  const stages = {
    One: [action('good', { namespace: 'Ns' }), action('bad'), action('later', { runOrder: 2 })],
    Two: [action('c', { configuration: { X: '#{Ns.V}' } })],
  };
  let broken = true;
  const seen: string[] = [];
  const execute = async ({ action: { name }, configuration }: ActionContext) => {
    seen.push(`${name}${configuration.X ?? ''}`);
    if (name === 'bad' && broken) throw new ActionFailedError('no luck');
    return { variables: { V: 'value' } };
  };
  const { run: made, record } = prepare([pipeline(stages)], execute);
  expect((await made.execute()).outcome.status).toBe('failed');
  broken = false;
  seen.length = 0;
  expect((await made.retry('One', 'FAILED_ACTIONS')).outcome).toEqual({ status: 'succeeded' });
  expect(seen).toEqual(['bad', 'later', 'cvalue']);
  expect(record.stages.map(({ state }) => state.status)).toEqual(['succeeded', 'succeeded']);
});

test('a stage that retries itself does so once', async () => {
  const conditions = { ...NO_CONDITIONS, failureResult: 'RETRY' as const };
  const once = pipeline({ One: [action('good'), action('bad')] });
  const structure = { ...once, stages: once.stages.map((stage) => ({ ...stage, conditions })) };
  const seen: string[] = [];
  const { end } = run([structure], async ({ action: { name } }) => {
    seen.push(name);
    if (name === 'bad') throw new ActionFailedError('no luck');
    return {};
  });
  expect((await end).outcome).toMatchObject({ status: 'failed', reason: 'One.bad: no luck' });
  expect(seen).toEqual(['good', 'bad', 'bad']);
});

test('a stage goes back with the variables of the run that it goes back to', async () => {
  const stages = {
    One: [action('source', { namespace: 'Ns' })],
    Two: [action('deploy', { configuration: { X: '#{Ns.V} in #{codepipeline.PipelineExecutionId}' } })],
  };
  const seen: string[] = [];
  const execute =
    (V: string) =>
    async ({ configuration }: ActionContext) => {
      if (configuration.X) seen.push(configuration.X);
      return { variables: { V } };
    };
  await prepare([pipeline(stages)], execute('old'), 'r1').run.execute();
  await prepare([pipeline(stages)], execute('new'), 'r2').run.execute();
  const { run: back } = prepare([pipeline(stages)], execute('none'), 'r3');
  expect((await back.rollback('Two', 'r1')).outcome).toEqual({ status: 'succeeded' });
  expect(seen).toEqual(['old in r1', 'new in r2', 'old in r3']);
});

test('a stage whose run left nothing cannot be brought back', async () => {
  const { run: back } = prepare([pipeline({ One: [action('a')] })], async () => ({}));
  expect((await back.rollback('One', 'gone')).outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('left no artifacts and variables'),
  });
});
