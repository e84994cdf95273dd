import * as z from 'zod';
import { SimulationError } from '../simulation-error';

/** States and fields of the Amazon States Language that release machines use; all else is refused by name. */
const path = z.string().nullable();
const shaping = {
  Comment: z.string().optional(),
  InputPath: path.optional(),
  OutputPath: path.optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
};
const results = {
  ResultPath: path.optional(),
  ResultSelector: z.record(z.string(), z.unknown()).optional(),
};
const retry = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  MaxAttempts: z.number().default(3),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
export type Retrier = z.output<typeof retry>;
const caught = z.strictObject({
  ErrorEquals: z.array(z.string()),
  Next: z.string(),
  ResultPath: path.optional(),
});
const faults = { Retry: z.array(retry).default([]), Catch: z.array(caught).default([]) };

const task = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  TimeoutSeconds: z.number().optional(),
  ...shaping,
  ...results,
  ...faults,
});
export type TaskState = z.output<typeof task>;

const pass = z.strictObject({
  Type: z.literal('Pass'),
  Result: z.unknown().optional(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  ...shaping,
  ResultPath: path.optional(),
});

const wait = z.strictObject({
  Type: z.literal('Wait'),
  Seconds: z.number().optional(),
  SecondsPath: z.string().optional(),
  TimestampPath: z.string().optional(),
  ...shaping,
});

/** A rule of a Choice: checked where it is applied. */
export type ChoiceRule = { readonly Next?: string } & Readonly<Record<string, unknown>>;
const choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(z.record(z.string(), z.unknown())),
  Default: z.string().optional(),
  ...shaping,
});

const succeed = z.strictObject({ Type: z.literal('Succeed'), ...shaping });
const fail = z.strictObject({
  Type: z.literal('Fail'),
  Comment: z.string().optional(),
  Error: z.string().optional(),
  Cause: z.string().optional(),
  ErrorPath: z.string().optional(),
  CausePath: z.string().optional(),
});

const reader = z.object({
  Resource: z.string(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  ReaderConfig: z.record(z.string(), z.unknown()).optional(),
});
export type ItemReader = z.output<typeof reader>;

/** A machine, or the inside of a Map or Parallel. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const inner: z.ZodType<Definition> = z.lazy(() => definitionSchema) as z.ZodType<Definition>;

const map = z.object({
  Type: z.literal('Map'),
  ItemsPath: z.string().optional(),
  ItemReader: reader.optional(),
  ItemSelector: z.record(z.string(), z.unknown()).optional(),
  ItemProcessor: inner,
  MaxConcurrency: z.number().default(0),
  MaxConcurrencyPath: z.string().optional(),
  ToleratedFailureCount: z.number().optional(),
  ToleratedFailureCountPath: z.string().optional(),
  ToleratedFailurePercentage: z.number().optional(),
  ToleratedFailurePercentagePath: z.string().optional(),
  ...shaping,
  ...results,
  ...faults,
});
export type MapState = z.output<typeof map>;

const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  Branches: z.array(inner),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  ...shaping,
  ...results,
  ...faults,
});

const state = z.discriminatedUnion('Type', [task, pass, wait, choice, succeed, fail, map, parallel]);
export type State = z.output<typeof state>;

const definitionSchema = z.object({ StartAt: z.string(), States: z.record(z.string(), state) });

/**
 * Reads a machine's definition.
 * @throws SimulationError that names what this interpreter does not carry out
 */
export function parseDefinition(text: string): Definition {
  const parsed = definitionSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: where, message }) => `${where.join('.')}: ${message}`);
  throw new SimulationError(`the state machine cannot be simulated: ${faults.join('; ')}`);
}
