import * as z from 'zod';

/** The queues of what could not be carried: out to the bus and the audit log, or in from the application plane. */
export const DEAD_LETTER_QUEUES = ['outbox', 'received'] as const;
export type DeadLetterQueue = (typeof DEAD_LETTER_QUEUES)[number];
export const deadLetterQueueSchema = z.enum(DEAD_LETTER_QUEUES);

/** How many letters wait in each queue; the queues count approximately. */
export const deadLetterCountsSchema = z.object({
  queues: z.array(z.object({ queue: deadLetterQueueSchema, waiting: z.number().int() })),
});

export const redriveInputSchema = z.strictObject({
  queue: deadLetterQueueSchema,
  /** Letters to send on their way again, at most. */
  limit: z.number().int().min(1).max(100).default(100),
});
export type RedriveInput = z.output<typeof redriveInputSchema>;

export const redriveResultSchema = z.object({
  queue: deadLetterQueueSchema,
  /** Letters that are on their way again. */
  redriven: z.number().int(),
});
