import type { Invoice } from '@granary/api';
import type { Customer } from './customer';

/** Who is to be billed. */
export interface Subscriber {
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly tier: string;
  /** When it began, ISO 8601: together with the tier, it tells one subscription from the next. */
  readonly since: string;
}

/** Usage of one hour that the provider was not told of yet. */
export interface UsageReport {
  /** The same report has the same id, however often it is sent. */
  readonly reportId: string;
  readonly meterId: string;
  /** The beginning of the hour. */
  readonly at: Date;
  readonly quantity: number;
}

/**
 * Whoever writes the invoices. Everything may be asked again after a failure: it happens once.
 * Every member throws BillingProviderError.
 */
export interface BillingProvider {
  readonly name: string;
  /** Whether it wants to be told of usage. @returns the meters that it bills; none: it reads the counts itself */
  readonly reportedMeters: readonly string[];
  /** @returns its own ids of the customer */
  open(subscriber: Subscriber): Promise<Readonly<Record<string, string>>>;
  changePlan(customer: Customer, subscriber: Subscriber): Promise<Readonly<Record<string, string>>>;
  close(customer: Customer, at: Date): Promise<void>;
  report(customer: Customer, usage: UsageReport): Promise<void>;
  /** Writes the invoice of a month that is over. @returns its id; undefined: there is nothing to pay, or it writes them by itself */
  closeMonth(customer: Customer, month: string): Promise<string | undefined>;
  /** The newest first, 100 at most. */
  invoices(customer: Customer): Promise<Invoice[]>;
}
