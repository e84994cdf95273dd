import type { UsageRecord } from '@granary/api';
import type { ConsumedCapacity } from '../consumed-capacity';

/** Field of a request's line that holds its usage record, as JSON. The reader of the logs looks for this word. */
export const USAGE_FIELD = 'usageRecord';

/** What a request counts besides itself: the events of the business. */
export interface RequestUsage {
  /** Adds to a meter of the caller's tenant. @param amount @default 1 */
  count(meterId: string, amount?: number): void;
}

/** A request's usage while it is under way. */
export interface UsageCollector extends RequestUsage {
  /** What came together. `milliseconds` of a function of `memory` MB. */
  record(request: {
    readonly id: string;
    readonly tenantId: string;
    readonly at: Date;
    readonly milliseconds: number;
    readonly memory: number;
  }): UsageRecord;
}

/**
 * Collects in memory: what a request used leaves with its line, and no call waits for it.
 * @param capacity what the request's clients consume @default not known
 */
export function usageCollector(capacity?: ConsumedCapacity): UsageCollector {
  // What an earlier request left behind is nobody's.
  capacity?.take();
  const counted = new Map<string, number>();
  return {
    count: (meterId, amount = 1) => counted.set(meterId, (counted.get(meterId) ?? 0) + amount),
    record({ id, tenantId, at, milliseconds, memory }) {
      const units = capacity?.take();
      const meters = {
        requests: 1,
        // Lambda bills whole milliseconds, and the last begun one too.
        'function-mb-ms': Math.ceil(milliseconds) * memory,
        'read-units': units?.read ?? 0,
        'write-units': units?.write ?? 0,
        ...Object.fromEntries(counted),
      };
      const used = Object.entries(meters).filter(([, amount]) => amount > 0);
      return { id: `request:${id}`, tenantId, at: at.toISOString(), meters: Object.fromEntries(used) };
    },
  };
}
