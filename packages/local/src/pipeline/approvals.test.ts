import type { ActionContext } from './action';
import { Approvals } from './approvals';
import type { RunEvent } from './run-event';

let events: RunEvent[];
let abort: AbortController;

beforeEach(() => {
  events = [];
  abort = new AbortController();
});

/** The part of an action's context that an approval reads. */
const context = (stage: string, name: string): ActionContext => {
  const partial: Partial<ActionContext> = { runId: 'r', stage, configuration: {}, signal: abort.signal };
  return { ...partial, action: { name } } as ActionContext;
};

test('an approval waits for its decision, and is announced', async () => {
  const approvals = new Approvals((event) => events.push(event), false);
  const decision = approvals.gate(context('Wave2', 'Go'));
  expect(events).toMatchObject([{ type: 'approval-needed', stage: 'Wave2', action: 'Go' }]);
  expect(approvals.decide(undefined, { decision: 'reject', comment: 'not today' })).toMatchObject({
    action: 'Go',
  });
  expect(await decision).toEqual({ decision: 'reject', comment: 'not today' });
  expect(approvals.pending()).toEqual([]);
});

test('when several wait, the decision has to name one', async () => {
  const approvals = new Approvals(() => undefined, false);
  const decisions = [approvals.gate(context('A', 'Go')), approvals.gate(context('B', 'Go'))];
  expect(() => approvals.decide('Go', { decision: 'approve' })).toThrow('name one of A.Go, B.Go');
  expect(() => approvals.decide('C.Go', { decision: 'approve' })).toThrow('waiting: A.Go, B.Go');
  for (const name of ['A.Go', 'B.Go']) approvals.decide(name, { decision: 'approve' });
  expect((await Promise.all(decisions)).map(({ decision }) => decision)).toEqual(['approve', 'approve']);
});

test('a run that is stopped does not wait any longer', async () => {
  const approvals = new Approvals(() => undefined, false);
  const decision = approvals.gate(context('A', 'Go'));
  abort.abort();
  await expect(decision).rejects.toMatchObject({ name: 'RunInterruptedError' });
  expect(approvals.pending()).toEqual([]);
});
