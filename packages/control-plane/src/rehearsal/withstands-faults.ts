import {
  everyFault,
  type Fault,
  inTurn,
  type Story,
  type Walked,
  type WalkOptions,
  walk,
} from './fault-walk';

/** A story of a workflow, and what of it is not the same each time. */
export interface FaultStory {
  /** A world in which nothing has begun yet. */
  readonly open: () => Promise<Story>;
  /** What has to be as before once all is taken back. @default all of it */
  readonly lasting?: (state: never) => unknown;
  /** Tasks that can be undone once they are done. @default all */
  readonly undoable?: number;
  /** One kind of fault for each call, in turn, instead of all: for very many calls. @default false */
  readonly long?: boolean;
  /** Only one walk in so many, others with another `--seed`: where all of them take minutes. @default 1 */
  readonly oneIn?: number;
  /** A step that has begun when what is given up is undone at once, without anybody asking. @default none is */
  readonly undoneFrom?: string;
  /** How it ends, if nothing befalls it. @default succeeded */
  readonly ends?: 'succeeded' | 'compensated';
}

const DIES = () => ['its process dies behind the call, or is out of time'] as const;

/** Declares that a story ends well or leaves nothing, whatever befalls any call that any step makes. */
export function withstandsFaults(story: FaultStory): void {
  const { open, undoable, long = false, oneIn = 1, undoneFrom, ends = 'succeeded' } = story;
  const chosen = <Walk>(walks: readonly Walk[]) =>
    walks.filter((_, index) => index % oneIn === Math.abs(jest.getSeed()) % oneIn);
  const lasting = (story.lasting ?? ((state) => state)) as (state: unknown) => unknown;
  const kinds = long ? inTurn : undefined;
  const before = async () => lasting(await (await open()).read());

  test('ends the same whatever befalls any call of any step, by a retry if it must', async () => {
    const { operation, state, calls } = await walk(await open());
    expect(operation.status).toBe(ends);
    const was = await before();
    const once = everyFault(calls, kinds).map((fault) => [fault]);
    const again = everyFault(calls, long ? inTurn : DIES).map((fault) => [{ ...fault, lasting: true }]);
    const check = ({ operation: { status, steps }, state: left }: Walked) => {
      const from = steps.find(({ name }) => name === undoneFrom);
      const undone = from?.status === 'undone' || from?.status === 'failed';
      expect(status).toBe(undone ? 'compensated' : ends);
      if (status === 'compensated') expect(lasting(left)).toEqual(was);
      else expect(left).toEqual(state);
    };
    expect((await strays(open, chosen([...once, ...again]), check)).found).toEqual([]);
  });

  test('leaves nothing when it is given up at any call and cancelled, whatever befalls the undoing', async () => {
    const was = await before();
    const { calls, state } = await walk(await open());
    const fatal = everyFault(calls.slice(0, undoable), long ? inTurn : DIES);
    const check = ({ operation: { status }, state: left }: Walked) => {
      if (status === 'succeeded') expect(left).toEqual(state);
      else expect(status).toBe('compensated');
      if (status === 'compensated') expect(lasting(left)).toEqual(was);
    };
    const walks = fatal.map((fault) => [{ ...fault, lasting: true }]);
    const { found, compensated } = await strays(open, chosen(walks), check, { cancel: true });
    expect(found).toEqual([]);

    // Given up as late as leaves something to undo.
    let twice: readonly (readonly Fault[])[] = [];
    for (const [last] of compensated.reverse() as (readonly [Fault])[]) {
      const cancelled = await walk(await open(), { faults: [last], cancel: true });
      const undoing = everyFault(cancelled.calls, kinds).filter(({ task }) => task > last.task + 2);
      twice = undoing.map((fault) => [last, fault]);
      if (twice.length > 0) break;
    }
    expect(twice).not.toEqual([]);
    expect((await strays(open, chosen(twice), check, { cancel: true })).found).toEqual([]);
  });
}

/** Walks a story once for each list of faults. */
async function strays(
  open: () => Promise<Story>,
  walks: readonly (readonly Fault[])[],
  check: (walked: Walked) => void,
  options: WalkOptions = {},
) {
  /** The walks that did not end as they must. */
  const found: object[] = [];
  /** The faults of those that were undone. */
  const compensated: (readonly Fault[])[] = [];
  for (const faults of walks) {
    const walked = await walk(await open(), { ...options, faults });
    if (walked.operation.status === 'compensated') compensated.push(faults);
    try {
      check(walked);
    } catch (error) {
      found.push({ faults, steps: walked.operation.steps, said: (error as Error).message });
    }
  }
  return { found, compensated };
}
