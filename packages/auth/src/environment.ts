import * as z from 'zod';
import { EnvironmentError } from './errors';
import { oidcSettings } from './oidc-settings';

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

/** Who hands out credentials for tenants' rows: the authorizer, or each service by the caller's own token. */
export const CREDENTIAL_VENDINGS = ['authorizer', 'web-identity'] as const;

/** Settings of the control plane's authorizer. */
export const controlAuthorizerEnvironment = z.object({
  USER_POOL_ID: z.string().regex(/^[\w-]+_[A-Za-z0-9]+$/, 'must be the id of a user pool'),
  USER_POOL_CLIENT_ID: z.string().min(1),
  /** An issuer in the place of the user pool. */
  IDENTITY_PROVIDER: jsonSetting(oidcSettings).optional(),
  /** Where endings of sessions are: the deployment's users, or the control table. */
  USER_TABLE_NAME: z.string().min(3),
  ...endpoint,
});

const vending = {
  CREDENTIAL_VENDING: z.enum(CREDENTIAL_VENDINGS).default('authorizer'),
  /** Of those who vend only. */
  TENANT_ROLE_ARN: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, 'must be the ARN of a role')
    .optional(),
};

/** Requires the role of a function that vends, together with all else that is missing. */
function roleOf(vendor: (typeof CREDENTIAL_VENDINGS)[number]) {
  type Vending = { readonly CREDENTIAL_VENDING?: unknown; readonly TENANT_ROLE_ARN?: unknown };
  const holds = ({ CREDENTIAL_VENDING: way = 'authorizer', TENANT_ROLE_ARN: role }: Vending) =>
    way !== vendor || role !== undefined;
  const issue = { path: ['TENANT_ROLE_ARN'], message: 'must be the ARN of a role', when: () => true };
  return [holds, issue] as const;
}

/** Settings of the application plane's authorizer. */
export const applicationAuthorizerEnvironment = controlAuthorizerEnvironment
  .extend({ ...vending, TENANT_TABLE_NAME: z.string().min(1) })
  .refine(...roleOf('authorizer'));

/** Settings by which a service of the application plane comes by credentials. */
export const serviceEnvironment = z.object(vending).refine(...roleOf('web-identity'));
