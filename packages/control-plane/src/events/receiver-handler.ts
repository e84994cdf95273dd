import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openControlTable } from '../control-table/open-control-table';
import { ingestUsage } from '../usage/ingest-usage';
import { resumeWait, StateMachineCallbacks } from '../workflow/resume-wait';
import { deadLetterQueue } from './dead-letters';
import { eventReceiver } from './event-receiver';

const environment = parseEnvironment(
  z.object({ CONTROL_TABLE_NAME: z.string().min(3), DEAD_LETTER_QUEUE_URL: z.url() }),
);
const table = openControlTable(environment.CONTROL_TABLE_NAME);
const callbacks = new StateMachineCallbacks(new SFNClient({}));
const now = () => new Date();

const telemetry = createTelemetry('event-receiver');

export const handler = observed(
  telemetry,
  eventReceiver({
    table,
    resume: (resumed) => resumeWait(resumed, { table, callbacks }),
    ingestUsage: (records) => ingestUsage(records, { table, now }),
    keep: deadLetterQueue(new SQSClient({}), environment.DEAD_LETTER_QUEUE_URL),
    now,
    logger: telemetry.logger,
  }),
);
