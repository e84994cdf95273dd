import { Agenda } from '../clock/agenda';
import { Chance } from '../clock/chance';
import { parseDefinition } from './definition';
import { Execution } from './execution';
import type { Ending, Invoked, Machinery } from './machinery';

interface Rehearsed {
  readonly ending: Ending | undefined;
  /** Seconds until it ended. */
  readonly seconds: number;
  readonly transitions: number;
  /** When each task began, in seconds, with its parameters. */
  readonly calls: readonly (readonly [number, unknown])[];
}

/** Runs a machine whose tasks are answered by a function of how often and with what they were called. */
async function run(
  states: object,
  input: unknown,
  answer: (call: number, parameters: unknown) => Invoked = (_, result) => ({ seconds: 1, result }),
): Promise<Rehearsed> {
  const agenda = new Agenda();
  const chance = new Chance(1);
  const calls: [number, unknown][] = [];
  let transitions = 0;
  let ending: Ending | undefined;
  let seconds = 0;
  const machinery: Machinery = {
    agenda,
    random: () => chance.number(),
    invoke: async (_, parameters) => {
      calls.push([agenda.now, parameters]);
      return answer(calls.length, parameters);
    },
    readItems: (_, parameters) => (parameters as { items: unknown[] }).items,
    transition: () => {
      transitions += 1;
      return 0;
    },
    startChild: () => 0,
  };
  const definition = parseDefinition(JSON.stringify({ StartAt: 'First', States: states }));
  const execution = new Execution(machinery, definition, { Execution: { Name: 'one' } }, (given) => {
    ending = given;
    seconds = agenda.now;
  });
  agenda.after(0, () => execution.start(input));
  await agenda.run();
  return { ending, seconds, transitions, calls };
}

const DONE = { Type: 'Succeed' };

test('a task takes its time, and its result is put where the path says', async () => {
  const { ending, seconds, transitions } = await run(
    {
      First: {
        Type: 'Task',
        Resource: 'x',
        Parameters: { 'name.$': '$.who', 'run.$': '$$.Execution.Name' },
        ResultSelector: { 'greeting.$': "States.Format('hello {}, {}', $.name, $.run)" },
        ResultPath: '$.answer.text',
        Next: 'Done',
      },
      Done: DONE,
    },
    { who: 'acme', answer: { kept: true } },
    (_, result) => ({ seconds: 7, result }),
  );
  expect(ending).toEqual({
    output: { who: 'acme', answer: { kept: true, text: { greeting: 'hello acme, one' } } },
  });
  expect(seconds).toBe(7);
  expect(transitions).toBe(2);
});

test('a loop of choice and wait goes on in virtual time until its condition holds', async () => {
  const { ending, seconds, calls } = await run(
    {
      First: { Type: 'Task', Resource: 'x', Next: 'Ready?' },
      'Ready?': {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.done', IsPresent: true },
              { Variable: '$.done', BooleanEquals: true },
            ],
            Next: 'Done',
          },
        ],
        Default: 'Pause',
      },
      Pause: { Type: 'Wait', SecondsPath: '$.pause', Next: 'First' },
      Done: DONE,
    },
    { pause: 3600 },
    (call) => ({ seconds: 1, result: { pause: 3600, done: call === 3 } }),
  );
  expect(ending).toEqual({ output: { pause: 3600, done: true } });
  expect(calls).toHaveLength(3);
  expect(seconds).toBe(2 * 3600 + 3);
});

test('a fault is tried again as its retrier says, and caught when its tries are used up', async () => {
  const { ending, calls } = await run(
    {
      First: {
        Type: 'Task',
        Resource: 'x',
        Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fault', Next: 'Broken' }],
        End: true,
      },
      Broken: { Type: 'Fail', ErrorPath: '$.fault.Error', CausePath: "States.Format('for {}', $.who)" },
    },
    { who: 'acme' },
    () => ({ seconds: 0, fault: { error: 'Throttled', cause: 'too many' } }),
  );
  expect(calls.map(([at]) => at)).toEqual([0, 2, 6]);
  expect(ending).toEqual({ error: 'Throttled', cause: 'for acme' });
});

test('a fault that no retrier takes ends the machine at once', async () => {
  const { ending, calls } = await run(
    {
      First: {
        Type: 'Task',
        Resource: 'x',
        Retry: [{ ErrorEquals: ['Throttled'] }],
        End: true,
      },
    },
    {},
    () => ({ seconds: 0, fault: { error: 'Refused', cause: 'no' } }),
  );
  expect(calls).toHaveLength(1);
  expect(ending).toEqual({ error: 'Refused', cause: 'no' });
});

test('a task that outlasts its time fails with a timeout', async () => {
  const { ending, seconds } = await run(
    { First: { Type: 'Task', Resource: 'x', TimeoutSeconds: 10, End: true } },
    {},
    () => ({ seconds: 11, result: {} }),
  );
  expect(ending).toEqual({ error: 'States.Timeout', cause: 'First' });
  expect(seconds).toBe(10);
});

const MAP = {
  Type: 'Map',
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { 'items.$': '$.items' } },
  ItemSelector: { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Work',
    States: { Work: { Type: 'Task', Resource: 'x', End: true } },
  },
  End: true,
};

test('a map keeps to its concurrency and gives its results in order', async () => {
  const { ending, seconds, calls } = await run(
    { First: { ...MAP, MaxConcurrency: 2 } },
    { items: ['a', 'b', 'c'] },
    (_, parameters) => ({ seconds: 10, result: (parameters as { item: string }).item.toUpperCase() }),
  );
  expect(calls.map(([at]) => at)).toEqual([0, 0, 10]);
  expect(calls[1]?.[1]).toEqual({ item: 'b', index: 1 });
  expect(ending).toEqual({ output: ['A', 'B', 'C'] });
  expect(seconds).toBe(20);
});

test.each([
  [0, 'ends at the first failure'],
  [1, 'goes on when it tolerates it'],
])('a map that tolerates %d failures %s', async (ToleratedFailureCount) => {
  const { ending } = await run(
    { First: { ...MAP, MaxConcurrency: 1, ToleratedFailureCount } },
    { items: ['a', 'b', 'c'] },
    (call) =>
      call === 2 ? { seconds: 1, fault: { error: 'Broken', cause: 'b' } } : { seconds: 1, result: call },
  );
  expect(ending).toEqual(
    ToleratedFailureCount === 0
      ? { error: 'States.ExceedToleratedFailureThreshold', cause: 'Broken: b' }
      : { output: [1, undefined, 3] },
  );
});

test('a map of nothing is done at once', async () => {
  expect((await run({ First: MAP }, { items: [] })).ending).toEqual({ output: [] });
});

test('a long row of children ends without a deep stack', async () => {
  const items = Array.from({ length: 20_000 }, (_, index) => index);
  const { ending } = await run({ First: { ...MAP, MaxConcurrency: 1, ResultPath: null } }, { items }, () => ({
    seconds: 0,
    result: 0,
  }));
  expect(ending).toEqual({ output: { items } });
});

test('what the interpreter does not know is refused by name', () => {
  const machine = { StartAt: 'A', States: { A: { Type: 'Task', Resource: 'x', Banana: 1, End: true } } };
  expect(() => parseDefinition(JSON.stringify(machine))).toThrow(/States\.A: .*Banana/);
});
