import { createTelemetry, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { openRoutingStore } from './open-routing-store';
import { routingHandler } from './routing-handler';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    ROUTING_STORE_ARN: z.string().startsWith('arn:'),
    AWS_ENDPOINT_URL: z.url().optional(),
  }),
);

/** Called by the bus with what happened to a tenant, and by the clock. */
export const handler = routingHandler({
  table: openControlTable(environment.CONTROL_TABLE_NAME),
  store: openRoutingStore(environment.ROUTING_STORE_ARN, environment.AWS_ENDPOINT_URL),
  logger: createTelemetry('tenant-routing').logger,
});
