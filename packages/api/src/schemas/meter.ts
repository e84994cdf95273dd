import * as z from 'zod';

/** What one meter counts: its name in the addresses, records and price lists. */
export const meterIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,47}$/, 'must be the id of a meter, such as requests');

export const METER_AGGREGATIONS = ['sum', 'count'] as const;

/** `sum` adds what the records say; `count` counts the records, whatever they say. Neither depends on their order. */
export const meterInputSchema = z.strictObject({
  meterId: meterIdSchema,
  /** What people read: `requests`, `GB-seconds`. */
  unit: z.string().min(1).max(32),
  aggregation: z.enum(METER_AGGREGATIONS).default('sum'),
  description: z.string().max(200).optional(),
});
export type MeterInput = z.output<typeof meterInputSchema>;

/** A meter as operators see it. */
export const meterSchema = z.object({
  ...meterInputSchema.shape,
  /** Whether the platform itself fills it. */
  builtIn: z.boolean(),
});
export type Meter = z.output<typeof meterSchema>;

const platform = (meterId: string, unit: string, description: string): Meter => ({
  meterId,
  unit,
  aggregation: 'sum',
  description,
  builtIn: true,
});

/** What the application plane meters of every request. */
export const PLATFORM_METERS: readonly Meter[] = [
  platform('requests', 'requests', 'requests that a service answered'),
  platform('refused-requests', 'requests', 'requests that the gateway refused before a service was asked'),
  platform('function-mb-ms', 'MB-milliseconds', 'time of a service function, times its memory'),
  platform('billed-function-mb-ms', 'MB-milliseconds', 'what Lambda bills of all functions, tenants or not'),
  platform('invocations', 'invocations', 'calls of all functions, tenants or not'),
  platform('read-units', 'read request units', 'read capacity that the tenant consumed'),
  platform('write-units', 'write request units', 'write capacity that the tenant consumed'),
  platform('product-created', 'events', 'products added'),
  platform('product-updated', 'events', 'products changed'),
  platform('product-deleted', 'events', 'products removed'),
  platform('order-placed', 'events', 'orders placed'),
  platform('order-updated', 'events', 'orders changed'),
  platform('order-deleted', 'events', 'orders removed'),
];
