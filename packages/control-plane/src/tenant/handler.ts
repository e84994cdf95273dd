import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { tenantService } from './tenant-service';

const environment = parseEnvironment(z.object({ CONTROL_TABLE_NAME: z.string().min(3) }));

export const handler = tenantService({ table: openControlTable(environment.CONTROL_TABLE_NAME) });
