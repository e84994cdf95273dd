import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { usersOpener } from '../tenant-user/open-tenant-users';
import { type Swept, sweepSupportAccess } from './sweep-support-access';

const environment = parseEnvironment(z.object({ CONTROL_TABLE_NAME: z.string().min(3) }));
const { logger } = createTelemetry('support-sweep');
const table = openControlTable(environment.CONTROL_TABLE_NAME);
const open = usersOpener(new STSClient({}), 'support-sweep');

/** Called by the clock. */
export const handler = (): Promise<Swept> =>
  sweepSupportAccess({
    table,
    open,
    now: () => new Date(),
    report: (accessId, error) => logger.error('access not ended', { accessId, error: error as Error }),
  });
