import { STSClient } from '@aws-sdk/client-sts';
import { parseEnvironment } from '@granary/auth';
import { ulid } from 'ulidx';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { usersOpener } from './open-tenant-users';
import { tenantUserService } from './tenant-user-service';

const environment = parseEnvironment(z.object({ CONTROL_TABLE_NAME: z.string().min(3) }));

export const handler = tenantUserService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  open: usersOpener(new STSClient({}), 'tenant-user'),
  newId: () => ulid(),
  now: () => new Date(),
});
