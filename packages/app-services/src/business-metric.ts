import type { RequestUsage } from '@granary/auth';

/** What the business counts, with the unit of each. Money is in the tenant's currency, which has no unit of CloudWatch's. */
export const BUSINESS_METRICS = {
  ProductCreated: 'Count',
  ProductUpdated: 'Count',
  ProductDeleted: 'Count',
  OrderPlaced: 'Count',
  /** The total of an order that was placed. */
  OrderValue: 'None',
  OrderUpdated: 'Count',
  OrderDeleted: 'Count',
} as const;

export type BusinessMetric = keyof typeof BUSINESS_METRICS;

/** Records one value of a metric. */
export type Meter = (metric: BusinessMetric, value: number) => void;

/** The part of Powertools' metrics that a meter needs. */
export interface MetricSink {
  addMetric(name: string, unit: (typeof BUSINESS_METRICS)[BusinessMetric], value: number): void;
}

/** What a tenant is metered for: events, by the id of their meter. Values and prices are no business of the bill. */
const METERED: Partial<Readonly<Record<BusinessMetric, string>>> = {
  ProductCreated: 'product-created',
  ProductUpdated: 'product-updated',
  ProductDeleted: 'product-deleted',
  OrderPlaced: 'order-placed',
  OrderUpdated: 'order-updated',
  OrderDeleted: 'order-deleted',
};

/** A meter that writes to the request's metrics, which carry service and tier, and to the tenant's usage. */
export const meterOf =
  (metrics: MetricSink, usage: RequestUsage): Meter =>
  (metric, value) => {
    metrics.addMetric(metric, BUSINESS_METRICS[metric], value);
    const meterId = METERED[metric];
    if (meterId) usage.count(meterId, value);
  };
