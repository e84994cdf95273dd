import { ConflictProblem } from '@granary/api';
import { cancelOperation, retryOperation } from '../workflow/change-operation';
import { type OperationRecord, readOperation } from '../workflow/operation-record';
import type { CrashPoint } from './crash-schedule';
import { MachineStoppedError, MemoryMachine } from './memory-machine';
import type { Rehearsal } from './rehearsal';

const named = (name: string) => Object.assign(new Error('no'), { name });

/** What can befall a task at a call to the outside. */
export const FAULTS = {
  'its process dies before the call': { when: 'before' },
  'its process dies behind the call, or is out of time': { when: 'after' },
  'the call is throttled': { when: 'before', answer: named('ThrottlingException') },
  'the call fails': { when: 'before', answer: named('InternalServerError') },
  'the call fails though it was carried out': { when: 'after', answer: named('TimeoutError') },
  'the engine stops before the call': { when: 'before', stops: true },
  'the engine stops behind the call': { when: 'after', stops: true },
} as const satisfies Record<string, Pick<CrashPoint, 'when' | 'answer'> & { readonly stops?: boolean }>;
export type FaultKind = keyof typeof FAULTS;

/** Which call of which task, both counted from 1 in the order of a walk that nothing befalls. */
export interface Fault {
  readonly kind: FaultKind;
  readonly task: number;
  readonly call: number;
  /** Each further try of the task meets it too, until the step is given up. @default once */
  readonly lasting?: boolean;
}

/** An operation of one workflow, in a world of its own. */
export interface Story {
  readonly stage: Rehearsal;
  /** Begins the operation. @returns its id */
  begin(): Promise<string>;
  /** What those do for whom it waits. @returns the operation that has the tenant then @default it waits for nobody */
  readonly answer?: (operationId: string) => Promise<string>;
  /** All that the operation could have left anywhere. */
  read(): Promise<unknown>;
}

export interface Walked {
  readonly operation: OperationRecord;
  readonly state: unknown;
  /** Calls of each task that was taken. */
  readonly calls: readonly number[];
}

/** Tries of the machine; the tasks of a step that is given up are as many. */
const TRIES = 3;
/** Retries of an operator. */
const PATIENCE = 12;

export interface WalkOptions {
  /** @default none */
  readonly faults?: readonly Fault[];
  /** Cancels the operation when it has failed, instead of retrying it. @default retries */
  readonly cancel?: boolean;
}

/** Takes an operation to its end as an operator would: what failed is retried, or cancelled. */
export async function walk(story: Story, { faults = [], cancel = false }: WalkOptions = {}): Promise<Walked> {
  const { stage } = story;
  const { dependencies, executions, crashes, table } = stage;
  const calls: number[] = [];
  const due = () => faults.find((fault) => isDue(fault, calls.length + 1));
  const machine = new MemoryMachine({
    ...{ dependencies, executions, crashes, tries: TRIES },
    dies: () => pointOf(due()),
    took: (made) => calls.push(made),
    // The task is counted behind this.
    stops: () => 'stops' in (pointOf(due()) ?? {}),
  });
  let operationId = await story.begin();
  const read = async () => (await readOperation(table, operationId)) as OperationRecord;
  for (let left = PATIENCE; left > 0; left -= 1) {
    await machine.run(operationId).catch(async (error) => {
      if (!(error instanceof MachineStoppedError)) throw error;
      executions.end(await read());
    });
    const { status, direction } = await read();
    if (status === 'succeeded' || status === 'compensated') break;
    operationId = await crashes.run(undefined, async () => {
      if (status === 'waiting' && story.answer) return story.answer(operationId);
      if (cancel && direction === 'do')
        try {
          return (await cancelOperation(operationId, dependencies)).operationId;
        } catch (error) {
          // Behind what can be undone, it can only go on.
          if (!(error instanceof ConflictProblem)) throw error;
        }
      return (await retryOperation(operationId, dependencies)).operationId;
    });
  }
  return { operation: await read(), state: await story.read(), calls };
}

function pointOf(fault: Fault | undefined): CrashPoint | undefined {
  return fault && { ...FAULTS[fault.kind], call: fault.call };
}

function isDue({ task, lasting = false }: Fault, taken: number): boolean {
  return lasting ? taken >= task && taken < task + TRIES : taken === task;
}

const KINDS = Object.keys(FAULTS) as FaultKind[];

/**
 * Every call of every task of a walk, with every kind of fault.
 * @param calls of the tasks, from a walk without the faults
 * @param kinds for the nth call of the walk, n from 0
 */
export function everyFault(
  calls: readonly number[],
  kinds: (place: number) => readonly FaultKind[] = () => KINDS,
): readonly Fault[] {
  const places = calls.flatMap((count, index) =>
    Array.from({ length: count }, (_, call) => ({ task: index + 1, call: call + 1 })),
  );
  return places.flatMap((place, index) => kinds(index).map((kind) => ({ kind, ...place })));
}

/** One kind for each call, in turn: for walks of very many calls. */
export function inTurn(place: number): readonly FaultKind[] {
  return [KINDS[place % KINDS.length] as FaultKind];
}
