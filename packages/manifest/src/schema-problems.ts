import type * as z from 'zod';
import type { Manifest } from './manifest';
import type { Path, Problem } from './problem';
import { manifestSchema } from './schema';
import { suggest } from './suggestion';

export interface SchemaResult {
  /** Defaults filled in; undefined when there are problems. */
  readonly manifest: Manifest | undefined;
  readonly problems: Iterable<Problem>;
}

/** Every field that is missing, unknown or wrong by itself. */
export function checkSchema(value: unknown): SchemaResult {
  const fields = new Map<string, readonly string[]>();
  const result = manifestSchema.safeParse(value, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') fields.set(JSON.stringify(issue.path), shapeOf(issue.inst));
      return genericAdvice(issue);
    },
  });
  if (result.success) return { manifest: result.data, problems: [] };
  return { manifest: undefined, problems: eachProblem(result.error.issues, value, fields) };
}

/** Lazy, so that a caller may stop at a bound. */
function* eachProblem(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  fields: ReadonlyMap<string, readonly string[]>,
): Generator<Problem> {
  for (const issue of issues) yield* problemsOf(issue, value, fields);
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  fields: ReadonlyMap<string, readonly string[]>,
): Iterable<Problem> {
  const path = issue.path as Path;
  const found = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownFields(path, issue.keys, fields.get(JSON.stringify(path)) ?? []);
    case 'invalid_key':
      return [
        {
          path,
          atKey: true,
          message: 'is not a name that fits',
          advice: issue.issues[0]?.message ?? issue.message,
        },
      ];
    case 'invalid_type':
      return [
        {
          path,
          message:
            found === undefined
              ? 'is missing'
              : `must be ${issue.expected === 'int' ? 'a whole number' : issue.expected}, not ${typeName(found)}`,
          advice: issue.message,
        },
      ];
    case 'invalid_value':
      return [
        {
          path,
          message: found === undefined ? 'is missing' : 'is not one of the values that fit',
          advice: valueAdvice(issue, found),
        },
      ];
    case 'invalid_union':
      return [
        {
          path,
          message: unionMessage(issue, found),
          advice: issue.message,
        },
      ];
    case 'too_small':
      return [
        {
          path,
          message: `is too ${issue.origin === 'number' || issue.origin === 'int' ? 'small' : 'short'}`,
          advice: issue.message,
        },
      ];
    case 'too_big':
      return [
        {
          path,
          message: `is too ${issue.origin === 'number' || issue.origin === 'int' ? 'large' : 'long'}`,
          advice: issue.message,
        },
      ];
    case 'custom':
      return [{ path, message: 'holds too few or too many entries', advice: issue.message }];
    default:
      return [{ path, message: 'does not have the right form', advice: issue.message }];
  }
}

function unionMessage({ discriminator }: z.core.$ZodIssueInvalidUnion, found: unknown): string {
  if (found === undefined) return 'is missing';
  return discriminator === undefined ? 'does not have the right form' : 'is not one of the values that fit';
}

function* unknownFields(path: Path, names: readonly string[], known: readonly string[]): Generator<Problem> {
  for (const name of names)
    yield {
      path: [...path, name],
      atKey: true,
      message: 'is not a field here',
      advice: suggest(name, known, 'field'),
    };
}

function valueAdvice(issue: z.core.$ZodIssueInvalidValue, found: unknown): string {
  return typeof found === 'string' ? suggest(found, issue.values.map(String), 'value') : issue.message;
}

/** For what has no advice of its own: objects and lists. Scalars bring theirs, in `field`. */
function genericAdvice(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'array' ? 'write a list in [ ]' : `write an object in { }`;
    case 'too_small':
      return `write ${issue.minimum} or more entries`;
    case 'too_big':
      return `write ${issue.maximum} or fewer entries`;
    default:
      return undefined;
  }
}

function shapeOf(schema: unknown): readonly string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return Object.keys(shape ?? {}).filter((name) => name !== '$schema');
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, segment) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, segment)
        ? (inner as Record<string | number, unknown>)[segment]
        : undefined,
    value,
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
