import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { PRICE_LIST } from '../cost/price-list';
import { meteringService } from './metering-service';

const environment = parseEnvironment(z.object({ CONTROL_TABLE_NAME: z.string().min(3) }));

/** The metering function. Environment: CONTROL_TABLE_NAME. */
export const handler = meteringService({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  prices: PRICE_LIST,
});
