import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { openAuditStore } from '../audit/open-audit-store';
import { deadLetterQueue } from './dead-letters';
import { eventBridgePublisher } from './event-publisher';
import { outboxRelay } from './outbox-relay';

const environment = parseEnvironment(
  z.object({
    EVENT_BUS_NAME: z.string().min(1),
    AUDIT_TABLE_NAME: z.string().min(3),
    DEAD_LETTER_QUEUE_URL: z.url(),
  }),
);

const telemetry = createTelemetry('outbox-relay');

export const handler = observed(
  telemetry,
  outboxRelay({
    publish: eventBridgePublisher(new EventBridgeClient({}), environment.EVENT_BUS_NAME),
    store: openAuditStore(environment.AUDIT_TABLE_NAME),
    keep: deadLetterQueue(new SQSClient({}), environment.DEAD_LETTER_QUEUE_URL),
    now: () => new Date(),
    logger: telemetry.logger,
  }),
);
