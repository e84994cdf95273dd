import { type DeploymentRegistration, deploymentRegistrationSchema } from '@granary/api';
import * as z from 'zod';
import { parseSettings, type SmokeSettings, smokeSettingsSchema } from './smoke-settings';
import { StepSettingsError } from './step-error';

/** `tier=plan,tier=plan`, as the stack's output has it: JSON would need escaping on its way through the pipeline. */
export const usagePlanIdsSchema = z
  .string()
  .regex(/^[a-z0-9-]+=[A-Za-z0-9]+(,[a-z0-9-]+=[A-Za-z0-9]+)*$/, 'must be tier=plan,tier=plan')
  .transform((text) =>
    Object.fromEntries(text.split(',').map((pair) => pair.split('=') as [string, string])),
  );

/** `products=table,orders=table`: tables of tenants' rows, by what they hold. */
export const rowTablesSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*=[\w.-]+(,[a-z][a-z0-9-]*=[\w.-]+)*$/, 'must be name=table,name=table')
  .transform((text) =>
    Object.fromEntries(text.split(',').map((pair) => pair.split('=') as [string, string])),
  );

const settingsSchema = smokeSettingsSchema.extend({
  DEPLOYMENT_FUNCTION_ARN: z.string().startsWith('arn:'),
  RELEASE: z.string(),
  WAVE: z.string(),
  DEPLOYMENT_ID: z.string(),
  DEPLOYMENT_KIND: z.enum(['pool', 'silo']),
  DEPLOYMENT_ACCOUNT: z.string(),
  DEPLOYMENT_REGION: z.string(),
  USER_POOL_ID: z.string(),
  USER_POOL_CLIENT_ID: z.string(),
  PROVISIONING_ROLE_ARN: z.string(),
  TENANT_TABLE_NAME: z.string(),
  USAGE_PLAN_IDS: usagePlanIdsSchema,
  DATA_ROLE_ARN: z.string(),
  TENANT_ROLE_NAME: z.string(),
  TENANT_ROW_TABLES: rowTablesSchema,
  USERS_ROLE_ARN: z.string(),
  USER_TABLE_NAME: z.string(),
  STACK_NAME: z.string(),
  RUN_ID: z.string(),
  RECORDER_FUNCTION_ARN: z.string().startsWith('arn:'),
  TENANT_NAME: z.string().optional(),
  TENANT_TIER: z.string().optional(),
  TENANT_ADMIN_EMAIL: z.string().optional(),
});

export interface RegistrationSettings {
  readonly smoke: SmokeSettings;
  /** The control plane's function. */
  readonly functionArn: string;
  readonly registration: DeploymentRegistration;
  readonly recorder: RecorderSettings;
}

/** Where the version is recorded, and what the registration does not say of it. */
export interface RecorderSettings {
  readonly functionArn: string;
  readonly stackName: string;
  /** The pipeline's execution. */
  readonly runId: string;
}

/**
 * What the registration needs, from the build's environment.
 * @throws StepSettingsError with all that is missing or wrong
 */
export function parseRegistrationSettings(
  environment: Readonly<Record<string, string | undefined>>,
): RegistrationSettings {
  const settings = parseSettings(settingsSchema, environment);
  const { API_URL, HEALTH_PATHS, GUARDED_PATH } = settings;
  const registration = deploymentRegistrationSchema.safeParse({
    deploymentId: settings.DEPLOYMENT_ID,
    kind: settings.DEPLOYMENT_KIND,
    account: settings.DEPLOYMENT_ACCOUNT,
    region: settings.DEPLOYMENT_REGION,
    wave: settings.WAVE,
    release: settings.RELEASE,
    apiUrl: API_URL,
    userPoolId: settings.USER_POOL_ID,
    userPoolClientId: settings.USER_POOL_CLIENT_ID,
    provisioningRoleArn: settings.PROVISIONING_ROLE_ARN,
    tenantTableName: settings.TENANT_TABLE_NAME,
    usagePlanIds: settings.USAGE_PLAN_IDS,
    data: {
      roleArn: settings.DATA_ROLE_ARN,
      tenantRoleName: settings.TENANT_ROLE_NAME,
      tables: settings.TENANT_ROW_TABLES,
    },
    users: { roleArn: settings.USERS_ROLE_ARN, tableName: settings.USER_TABLE_NAME },
    ...(settings.DEPLOYMENT_KIND === 'silo'
      ? {
          tenant: {
            tenantId: settings.DEPLOYMENT_ID,
            name: settings.TENANT_NAME,
            tier: settings.TENANT_TIER,
            adminEmail: settings.TENANT_ADMIN_EMAIL,
          },
        }
      : {}),
  });
  if (!registration.success)
    throw new StepSettingsError(
      registration.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  return {
    smoke: { API_URL, HEALTH_PATHS, GUARDED_PATH },
    functionArn: settings.DEPLOYMENT_FUNCTION_ARN,
    registration: registration.data,
    recorder: {
      functionArn: settings.RECORDER_FUNCTION_ARN,
      stackName: settings.STACK_NAME,
      runId: settings.RUN_ID,
    },
  };
}
