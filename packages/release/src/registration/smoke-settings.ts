import * as z from 'zod';
import { StepSettingsError } from './step-error';

const path = z.string().regex(/^\/[a-z0-9/_-]*$/, 'must be a path of the API');

/** What a smoke test needs to know. */
export const smokeSettingsSchema = z.object({
  API_URL: z.url({ protocol: /^https?$/ }),
  /** Public routes that must answer 200, separated by commas. */
  HEALTH_PATHS: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(path).min(1)),
  /** A route that must turn a caller without a token away. */
  GUARDED_PATH: path,
});
export type SmokeSettings = z.output<typeof smokeSettingsSchema>;

/**
 * The environment as `schema` wants it; an empty variable counts as missing.
 * @throws StepSettingsError with all that is missing or wrong
 */
export function parseSettings<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new StepSettingsError(
    parsed.error.issues.map(({ path: [name], message }) =>
      set[String(name)] === undefined ? `${String(name)} is missing` : `${String(name)}: ${message}`,
    ),
  );
}
