import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionContext, ActionResult } from './action';
import { ActionFailedError } from './errors';
import { Run } from './run';
import type { RunEvent } from './run-event';
import { RunProgress } from './run-progress';
import { RunStore } from './run-record';
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
  stages: Object.entries(stages).map(([name, actions]) => ({ name, actions })),
});

const unused = () => {
  throw new Error('the fake provider needs no cloud');
};

const run = (structures: PipelineStructure[], execute: (context: ActionContext) => Promise<ActionResult>) => {
  const store = new RunStore(folder);
  const record = {
    ...{ id: 'r1', commit: 'c1', subject: 's', pipeline: '', queuedAt: new Date(0).toISOString() },
    state: { status: 'pending' } as const,
    stages: [],
  };
  const progress = new RunProgress({ record, store, onEvent: (event) => events.push(event) });
  const readStructure = async () =>
    (structures.length > 1 ? structures.shift() : structures[0]) as PipelineStructure;
  const providers = new Map([['Build/CodeBuild', { execute }]]);
  const cloud = { endpoint: 'http://127.0.0.1:1', clientConfig: unused, serviceSession: unused };
  const { signal } = new AbortController();
  return { record, outcome: new Run({ progress, store, providers, cloud, readStructure, signal }).execute() };
};

test('groups follow each other and share variables through namespaces', async () => {
  const order: string[] = [];
  const { outcome } = run(
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
  expect(await outcome).toEqual({ status: 'succeeded' });
  expect(order).toEqual(['a', 'bvalue-r1', 'c']);
});

test('when one of a group fails the others finish, and no later group or stage starts', async () => {
  const finished: string[] = [];
  const { outcome, record } = run(
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
  expect(await outcome).toEqual({ status: 'failed', reason: 'One.bad: no luck', details: ['why'] });
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
  const { outcome } = run([before, { ...before, digest: 'd2' }], async ({ action: { name } }) => {
    seen.push(name);
    return {};
  });
  expect(await outcome).toEqual({ status: 'superseded', reason: 'stage "Update" changed the pipeline' });
  expect(seen).toEqual(['mutate']);
});

test('a pipeline with a provider that is unknown here is refused before its first action', async () => {
  const stages = { One: [action('a')], Two: [action('ship', { category: 'Deploy', provider: 'S3' })] };
  const { outcome } = run([pipeline(stages)], async () => ({}));
  expect(await outcome).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('no provider for "Two.ship" (Deploy/S3)'),
  });
  expect(events.some((event) => event.type === 'action-started')).toBe(false);
});
