import { jsonSetting } from '@granary/auth';
import * as z from 'zod';
import { CHANGE_WAYS } from './source-provider';

const name = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/);
const branch = z.string().min(1).max(99);

/** Where the manifest is kept, as the parameter and the environment say it. */
export const sourceSettingsSchema = z.discriminatedUnion('provider', [
  z.strictObject({
    provider: z.literal('github'),
    /** The token goes there: nothing but https, except on this machine. */
    apiUrl: z.url().regex(/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/, 'must be https'),
    owner: z.string().min(1).max(255),
    repository: name,
    branch,
    /** Holds the token as text. ARN or name. */
    tokenSecretArn: z.string().min(1).max(512),
  }),
  z.strictObject({
    provider: z.literal('codecommit'),
    region: z.string().max(32),
    repository: name,
    branch,
    /** In the repository's account; trusts the onboarding function. */
    roleArn: z.string().startsWith('arn:'),
  }),
]);
export type SourceSettings = z.output<typeof sourceSettingsSchema>;

/** What the onboarding function's stack tells it of the manifest's repository. */
export const sourceEnvironmentShape = {
  /** JSON; absent when the manifest's repository cannot be changed from here. */
  SOURCE: jsonSetting(sourceSettingsSchema).optional(),
  /** The SSM parameter that, where it exists, holds in place of SOURCE. */
  SOURCE_PARAMETER: z.string().startsWith('/'),
  /** JSON: how tenants of each silo tier get into the manifest. */
  SILO_ONBOARDING: jsonSetting(
    z.record(z.string(), z.strictObject({ change: z.enum(CHANGE_WAYS), cell: z.string() })),
  ),
};
export type SourceEnvironment = z.output<z.ZodObject<typeof sourceEnvironmentShape>>;
