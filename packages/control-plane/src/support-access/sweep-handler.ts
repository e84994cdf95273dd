import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { usersOpener } from '../tenant-user/open-tenant-users';
import { type Swept, sweepSupportAccess } from './sweep-support-access';

const environment = parseEnvironment(z.object({ CONTROL_TABLE_NAME: z.string().min(3) }));
const telemetry = createTelemetry('support-sweep');
const { logger } = telemetry;
const table = openControlTable(environment.CONTROL_TABLE_NAME);
const open = usersOpener(new STSClient({}), 'support-sweep');

/** Called by the clock. */
export const handler = observed(
  telemetry,
  (_event: unknown): Promise<Swept> =>
    sweepSupportAccess({
      table,
      open,
      now: () => new Date(),
      report: (accessId, error) => logger.error('access not ended', { accessId, error: error as Error }),
    }),
);
