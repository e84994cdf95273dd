import * as z from 'zod';
import { EnvironmentError } from './errors';

/**
 * The settings of a function, parsed once at its start.
 * @throws EnvironmentError that lists every setting that is missing or malformed, without values
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map(({ path, message }) => {
      const [name, ...inside] = path.map(String);
      if (name && source[name] === undefined) return `${name} is missing`;
      return `${[name, ...inside].join('.')} is malformed (${message})`;
    }),
  );
}

/** A setting that holds JSON: `TIER_SHARDS={"basic":2}`. */
export function jsonSetting<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const endpoint = {
  /** The SDK's standard endpoint setting. */
  AWS_ENDPOINT_URL: z.url({ protocol: /^https?$/ }).optional(),
};

/** Settings of the control plane's authorizer. */
export const controlAuthorizerEnvironment = z.object({
  USER_POOL_ID: z.string().regex(/^[\w-]+_[A-Za-z0-9]+$/, 'must be the id of a user pool'),
  USER_POOL_CLIENT_ID: z.string().min(1),
  ...endpoint,
});

/** Settings of the application plane's authorizer. */
export const applicationAuthorizerEnvironment = controlAuthorizerEnvironment.extend({
  TENANT_ROLE_ARN: z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, 'must be the ARN of a role'),
  TENANT_TABLE_NAME: z.string().min(1),
});
