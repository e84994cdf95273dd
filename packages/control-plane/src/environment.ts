import type * as z from 'zod';
import { ControlPlaneError } from './control-plane-error';

/** The function was deployed with a wrong environment; lists every variable at fault. */
export class EnvironmentError extends ControlPlaneError {
  readonly name = 'EnvironmentError';

  constructor(readonly faults: readonly string[]) {
    super(`wrong environment: ${faults.join('; ')}; correct the function's variables in its stack`);
  }
}

/**
 * The environment as `schema` wants it.
 * @throws EnvironmentError with all that is missing or wrong, never with a value
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map(({ path, message }) =>
      source[String(path[0])] === undefined
        ? `${String(path[0])} is missing`
        : `${path.join('.')}: ${message}`,
    ),
  );
}
