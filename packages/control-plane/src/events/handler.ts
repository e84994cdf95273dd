import { SQSClient } from '@aws-sdk/client-sqs';
import { parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { auditRequests } from '../audit/audit-requests';
import { openControlTable } from '../control-table/open-control-table';
import { eventsService } from './events-service';

const environment = parseEnvironment(
  z.object({
    CONTROL_TABLE_NAME: z.string().min(3),
    OUTBOX_DEAD_LETTERS_URL: z.url(),
    OUTBOX_RETRIES_URL: z.url(),
    RECEIVED_DEAD_LETTERS_URL: z.url(),
    RECEIVED_URL: z.url(),
  }),
);

export const handler = eventsService({
  client: new SQSClient({}),
  routes: {
    outbox: { from: environment.OUTBOX_DEAD_LETTERS_URL, to: environment.OUTBOX_RETRIES_URL },
    received: { from: environment.RECEIVED_DEAD_LETTERS_URL, to: environment.RECEIVED_URL },
  },
  audit: auditRequests(openControlTable(environment.CONTROL_TABLE_NAME)),
});
