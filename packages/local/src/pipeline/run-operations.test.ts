import type { PendingApproval } from './approvals';
import type { ApprovalDecision } from './providers/approval';
import { type RunControl, runOperations } from './run-operations';
import type { RunRecord } from './run-record';

const PLACE = { account: '111111111111', region: 'us-east-1' };
const at = '2026-01-01T00:00:00.000Z';
const running = { status: 'running' as const };
const held = { status: 'failed' as const, reason: 'Wave1.BeforeEntry.freeze: frozen', details: [] };

const RUN: RunRecord = {
  ...{ id: 'r1', commit: 'c1', subject: 'first', pipeline: 'p', queuedAt: at, startedAt: at, state: running },
  stages: [
    {
      ...{ name: 'Gate', state: running, startedAt: at },
      actions: [{ name: 'Ask', provider: 'Manual', state: running, startedAt: at }],
    },
    {
      ...{ name: 'Wave1', state: held, actions: [] },
      conditions: [
        {
          ...{ kind: 'BeforeEntry', result: 'FAIL', state: held },
          rules: [{ name: 'freeze', provider: 'LambdaInvoke', state: held, endedAt: at }],
        },
      ],
    },
  ],
};
const WAITING: PendingApproval = { runId: 'r1', stage: 'Gate', action: 'Ask', since: at };

let decided: [string | undefined, ApprovalDecision][];

const unasked = () => {
  throw new Error('nothing asks for this');
};
const control: RunControl = {
  pipeline: async () => ({ name: 'p', ...PLACE }),
  runs: async () => [RUN],
  approvals: () => [WAITING],
  release: unasked,
  retry: unasked,
  stopRun: unasked,
  decide: (action, decision) => {
    decided.push([action, decision]);
    return WAITING;
  },
};
const call = async (operation: string, input: object, place = PLACE) =>
  runOperations(control)[operation]?.({ id: '1', operation, ...place, input: { ...input } });

interface State {
  readonly stageStates: readonly {
    readonly actionStates: readonly { readonly latestExecution: { readonly token: string } }[];
    readonly beforeEntryConditionState?: object;
  }[];
}
const state = async () => (await call('GetPipelineState', { name: 'p' })) as State;

beforeEach(() => {
  decided = [];
});

test('an approval is answered with the token that the state gives, and with no other', async () => {
  const token = (await state()).stageStates[0]?.actionStates[0]?.latestExecution.token;
  const answer = { pipelineName: 'p', stageName: 'Gate', actionName: 'Ask' };
  const result = { summary: 'looked at it', status: 'Approved' };
  await expect(call('PutApprovalResult', { ...answer, result, token: 'guess' })).rejects.toMatchObject({
    code: 'InvalidApprovalTokenException',
  });
  await expect(
    call('PutApprovalResult', { ...answer, actionName: 'Other', result, token }),
  ).rejects.toMatchObject({ code: 'InvalidApprovalTokenException' });
  expect(decided).toEqual([]);
  await call('PutApprovalResult', { ...answer, result, token });
  expect(decided).toEqual([['Gate.Ask', { decision: 'approve', comment: 'looked at it' }]]);
});

test('a stage that its entry condition holds says which rule and why', async () => {
  expect((await state()).stageStates[1]).toMatchObject({
    latestExecution: { pipelineExecutionId: 'r1', status: 'Failed' },
    beforeEntryConditionState: {
      latestExecution: { status: 'Failed', summary: held.reason },
      conditionStates: [{ ruleStates: [{ ruleName: 'freeze', latestExecution: { status: 'Failed' } }] }],
    },
  });
});

test.each([
  { why: 'another name', input: { name: 'q' }, place: PLACE },
  { why: 'another account', input: { name: 'p' }, place: { ...PLACE, account: '222222222222' } },
  { why: 'another region', input: { name: 'p' }, place: { ...PLACE, region: 'eu-west-1' } },
])('a pipeline of $why is not there', async ({ input, place }) => {
  await expect(call('GetPipelineState', input, place)).rejects.toMatchObject({
    code: 'PipelineNotFoundException',
  });
});
