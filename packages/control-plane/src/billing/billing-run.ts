import type { ControlTable } from '../control-table/control-table';
import { billingFailure, closePeriod, mayClose } from './close-period';
import { monthBefore, monthOf } from './month';
import type { BillingProvider } from './provider';
import { reportUsage } from './report-usage';
import { syncCustomers } from './sync-customers';

export interface BillingRunOptions {
  readonly table: ControlTable;
  readonly provider: BillingProvider;
  readonly now: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly deadline: Date;
  /** Told of each tenant's failure, for the log. */
  readonly report: (message: string, error: Error) => void;
}

/** What billing does by itself every hour: customers, usage, and the month that is over. */
export async function runBilling({
  table,
  provider,
  now,
  deadline,
  report,
}: BillingRunOptions): Promise<void> {
  const failed = async (tenantId: string, error: Error) => {
    report(`billing of tenant ${tenantId}`, error);
    const failure = { tenantId, provider: provider.name, reason: error.message };
    await table.write([billingFailure(failure, now().toISOString())]);
  };
  const options = { table, provider, now, failed };
  await syncCustomers(options);
  await reportUsage(options);
  const month = monthBefore(monthOf(now()));
  if (mayClose(month, now())) await closePeriod(month, { table, provider, now, deadline });
}
