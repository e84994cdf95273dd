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

/** A meter that writes to the request's metrics, which carry tenant, tier and service as dimensions. */
export const meterOf =
  (metrics: MetricSink): Meter =>
  (metric, value) =>
    metrics.addMetric(metric, BUSINESS_METRICS[metric], value);
