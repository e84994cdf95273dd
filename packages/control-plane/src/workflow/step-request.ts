import { operationIdSchema } from '@granary/api';
import * as z from 'zod';

const task = {
  operationId: operationIdSchema,
  /** The run of the operation that the execution is. */
  run: z.number().int().min(1),
};
const step = z.string().max(64);

/** What a state machine asks of the function behind its tasks. */
export const stepRequestSchema = z.discriminatedUnion('action', [
  /** Take the step. */
  z.strictObject({ ...task, action: z.literal('do'), step }),
  /** Somebody outside will end the step: keep the token for them. */
  z.strictObject({ ...task, action: z.literal('wait'), step, taskToken: z.string().min(1).max(4096) }),
  /** The step is given up: its doing, or its undoing. */
  z.strictObject({
    ...task,
    action: z.literal('fail'),
    step,
    direction: z.enum(['do', 'undo']),
    /** As the state machine caught it; only the name is used. @default unknown */
    error: z.object({ Error: z.string().max(256) }).optional(),
  }),
  /** Take back what the step made. */
  z.strictObject({ ...task, action: z.literal('undo'), step }),
  /** All is undone. */
  z.strictObject({ ...task, action: z.literal('end') }),
]);
export type StepRequest = z.output<typeof stepRequestSchema>;

/** What the function answers: the state machine chooses by it. */
export interface StepAnswer {
  /** After `do`: the step has to be waited for. */
  readonly wait: boolean;
  /** After `fail`: what was done is to be undone. */
  readonly undo: boolean;
  /** After `do` or `undo`: the step is not done, and is to be taken again. */
  readonly again: boolean;
  /** In how many seconds. */
  readonly seconds: number;
}

const NOTHING: StepAnswer = { wait: false, undo: false, again: false, seconds: 0 };

/** An answer, of which only what matters is said. */
export function stepAnswer(what: Partial<StepAnswer> = {}): StepAnswer {
  return { ...NOTHING, ...what };
}
