import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, jsonSetting, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { deploymentOpener } from '../deployment-access/open-deployments';
import { tiersSchema } from '../registration/tier-facts';
import { sourceOpener } from '../source/open-source';
import { sourceEnvironmentShape } from '../source/source-environment';
import { usersOpener } from '../tenant-user/open-tenant-users';
import { LambdaRowWork } from './lambda-row-work';
import { StateMachineCallbacks } from './resume-wait';
import { SesWelcomeMail } from './ses-welcome-mail';
import { workflowService } from './workflow-service';
import { WORKFLOWS } from './workflows';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    APPLICATION: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/)
      .default('granary'),
    /** JSON: `{"<tier>": {"model": "pool"}}`. */
    TIERS: jsonSetting(tiersSchema),
    /** Moves and removes tenants' rows. */
    TENANT_DATA_FUNCTION_ARN: z.string().startsWith('arn:'),
    /** Sender of the welcome mail. @default none is sent */
    WELCOME_FROM: z.email().optional(),
    ...sourceEnvironmentShape,
  }),
);
const sts = new STSClient({});

const telemetry = createTelemetry('onboarding');

export const handler = observed(
  telemetry,
  workflowService({
    table: openControlTable(environment.CONTROL_TABLE_NAME),
    open: deploymentOpener(sts, `${environment.APPLICATION}-onboarding`),
    application: environment.APPLICATION,
    now: () => new Date(),
    workflows: WORKFLOWS,
    ports: {
      source: sourceOpener({
        environment,
        sts,
        ssm: new SSMClient({}),
        secrets: new SecretsManagerClient({}),
      }),
      ...(environment.WELCOME_FROM === undefined
        ? {}
        : {
            mail: new SesWelcomeMail({
              client: new SESv2Client({}),
              from: environment.WELCOME_FROM,
              application: environment.APPLICATION,
            }),
          }),
      rows: new LambdaRowWork(new LambdaClient({}), environment.TENANT_DATA_FUNCTION_ARN),
      users: usersOpener(sts, `${environment.APPLICATION}-onboarding`),
      siloOnboarding: environment.SILO_ONBOARDING,
      eventTiers: Object.entries(environment.TIERS).flatMap(([tier, { applicationPlane }]) =>
        applicationPlane === 'events' ? [tier] : [],
      ),
    },
    callbacks: new StateMachineCallbacks(new SFNClient({})),
    logger: telemetry.logger,
  }),
);
