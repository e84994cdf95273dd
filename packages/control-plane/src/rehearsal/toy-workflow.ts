import * as z from 'zod';
import { PermanentStepError } from '../workflow/step-error';
import type { Workflow, WorkflowStep } from '../workflow/workflow';

type Nothing = Record<string, never>;

/** The world that the toy workflow changes, for tests. */
export interface ToyWorld {
  /** What is there, by the step that made it. */
  readonly made: Set<string>;
  /** Steps that fail for good. */
  readonly broken: Set<string>;
}

/** A workflow of three steps for tests: the second is ended from outside, each makes a thing and takes it back. */
export function toyWorkflow(
  world: ToyWorld,
  through: <Port extends object>(port: Port) => Port,
  waitSeconds = 60,
): Workflow<Nothing> {
  const calls = through({
    make: async (name: string) => {
      if (world.broken.has(name)) throw new PermanentStepError('busy');
      world.made.add(name);
    },
    remove: async (name: string) => void world.made.delete(name),
  });
  const step = (name: string, rest: Partial<WorkflowStep<Nothing>> = {}): WorkflowStep<Nothing> => ({
    name,
    do: async () => {
      await calls.make(name);
      return { facts: { [name]: 'made' } };
    },
    undo: async () => {
      await calls.remove(name);
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
        do: async () => {
          await calls.make('asked');
          return { waiting: true };
        },
      }),
      step('last'),
    ],
    onFailure: (reason) => (reason === 'refused-outside' ? 'undo' : 'hold'),
  };
}
