import { type UsageRecord, usageRecordSchema } from '@granary/api';
import { USAGE_FIELD } from '@granary/auth';
import * as z from 'zod';
import type { LogLine } from './log-batch';

/** Lambda's own line of each call, with what it will bill. */
const REPORT = /^REPORT RequestId: ([0-9a-f-]{8,64})\s.*Billed Duration: (\d+) ms\s.*?Memory Size: (\d+) MB/s;

/** A line of the API's access log, as far as it tells of usage. The gateway writes `-` for what there is not. */
const accessSchema = z.object({
  requestId: z.string(),
  status: z.coerce.number().int(),
  tenantId: z.string(),
  integrationLatency: z.string(),
});

/** What API Gateway takes no money for: callers that it turned away. */
const NOT_CHARGED = new Set([401, 403, 429]);

/**
 * The usage that a line tells of. The ids are those of what happened, so that a line that is read again, in whatever
 * batch, is the same record.
 * @param region where the line was written
 * @returns undefined for any other line
 */
export function usageIn({ at, text }: LogLine, region: string): UsageRecord | undefined {
  const report = REPORT.exec(text);
  if (report) {
    const [, id, milliseconds, memory] = report;
    const billed = Number(milliseconds) * Number(memory);
    const meters = { invocations: 1, ...(billed > 0 ? { 'billed-function-mb-ms': billed } : {}) };
    return { id: `report:${id}`, at: at.toISOString(), region, meters };
  }
  const line = text.startsWith('{') ? json(text) : undefined;
  if (typeof line !== 'object' || line === null) return undefined;
  const carried = (line as Readonly<Record<string, unknown>>)[USAGE_FIELD];
  if (typeof carried === 'string') {
    const record = usageRecordSchema.safeParse(json(carried));
    return record.success ? { ...record.data, region } : undefined;
  }
  const access = accessSchema.safeParse(line);
  return access.success ? unserved(access.data, at, region) : undefined;
}

/** A request that no service answered, or that no tenant sent. Any other is in its service's own line. */
function unserved(
  { requestId, status, tenantId, integrationLatency }: z.output<typeof accessSchema>,
  at: Date,
  region: string,
): UsageRecord | undefined {
  const known = tenantId !== '-';
  if (known && integrationLatency !== '-') return undefined;
  if (!known && NOT_CHARGED.has(status)) return undefined;
  const facts = { id: `gateway:${requestId}`, at: at.toISOString(), region };
  return known
    ? { ...facts, tenantId, meters: { 'refused-requests': 1 } }
    : { ...facts, meters: { requests: 1 } };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
