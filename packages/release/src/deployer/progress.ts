import * as z from 'zod';

export const DEPLOY_PHASES = ['receipt', 'stack', 'smoke', 'registration', 'record'] as const;

/** How far an order is: what one step of the deployer hands to the next. */
export const progressSchema = z.object({
  status: z.enum(['waiting', 'succeeded', 'failed']),
  /** Before the next step, in seconds. */
  waitSeconds: z.int().min(0),
  phase: z.enum(DEPLOY_PHASES),
  /** Within the phase `stack`: look at the stack, at the change set, at what became of it. */
  step: z.enum(['inspect', 'review', 'apply']),
  /** Names what this execution asks for: nobody else's change sets are taken for its own. */
  nonce: z.string(),
  /** Times that the order was tried, from 1; a transient failure of resources begins another. */
  attempt: z.int().min(1),
  /** Change sets asked for, from 0. */
  round: z.int().min(0),
  /** Steps that waited for the same thing, for the length of the pauses. */
  polls: z.int().min(0),
  /** Since when the same thing is waited for. */
  waitingSince: z.iso.datetime(),
  /** Since when this attempt changes the stack: failures of resources are looked for from here. */
  changingSince: z.iso.datetime(),
  /** Times that the stack had to be cleared or taken back first. */
  recoveries: z.int().min(0),
  /** The stack to watch to its end when it is being deleted. @default none */
  stackId: z.string().exactOptional(),
  /** Whether the stack was changed. */
  changed: z.boolean(),
  /** Whether the stack is as ordered. */
  holds: z.boolean(),
  /** Whether the control plane knows of it. */
  registered: z.boolean(),
  /** What will be recorded. */
  outcome: z.enum(['succeeded', 'failed']),
  /** What it waits for, or why it failed. @default nothing to say */
  reason: z.string().exactOptional(),
});
export type Progress = z.output<typeof progressSchema>;
