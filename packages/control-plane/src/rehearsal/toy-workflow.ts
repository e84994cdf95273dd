import * as z from 'zod';
import { PermanentStepError } from '../workflow/step-error';
import type { Workflow, WorkflowStep } from '../workflow/workflow';

type Nothing = Record<string, never>;

/** The world that the toy workflow changes, for tests. */
export interface ToyWorld {
  /** @throws Error when the tenant's thing cannot be made */
  make(name: string, tenantId: string): Promise<void>;
  remove(name: string, tenantId: string): Promise<void>;
}

/** The world in memory. */
export class MemoryToyWorld implements ToyWorld {
  /** What is there, by the step that made it. */
  readonly made = new Set<string>();
  /** Steps that fail for good. */
  readonly broken = new Set<string>();

  async make(name: string): Promise<void> {
    if (this.broken.has(name)) throw new PermanentStepError('busy');
    this.made.add(name);
  }

  async remove(name: string): Promise<void> {
    this.made.delete(name);
  }
}

/**
 * A workflow of three steps for tests: the second is ended from outside, each makes a thing and takes it back.
 * `waitSeconds` bounds the wait.
 */
export function toyWorkflow(world: ToyWorld, waitSeconds: number): Workflow<Nothing> {
  const step = (name: string, rest: Partial<WorkflowStep<Nothing>> = {}): WorkflowStep<Nothing> => ({
    name,
    do: async ({ tenant }) => {
      await world.make(name, tenant.tenantId);
      return { facts: { [name]: 'made' } };
    },
    undo: async ({ tenant }) => {
      await world.remove(name, tenant.tenantId);
      return {};
    },
    ...rest,
  });
  return {
    kind: 'activation',
    input: z.object({}) as unknown as z.ZodType<Nothing>,
    steps: [
      step('first'),
      step('asked', {
        wait: { timeoutSeconds: waitSeconds, key: ({ tenant }) => `toy:${tenant.tenantId}` },
        do: async ({ tenant }) => {
          await world.make('asked', tenant.tenantId);
          return { waiting: true };
        },
      }),
      step('last'),
    ],
    onFailure: (reason) => (reason === 'refused-outside' ? 'undo' : 'hold'),
  };
}

/** How long the toy waits behind a real state machine, in seconds. */
export const TOY_WAIT_SECONDS = 3;
