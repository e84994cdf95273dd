import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { callLabels } from './call-labels';
import type { Telemetry } from './telemetry';

/** What Lambda tells a function of itself. */
export interface FunctionContext extends Context {}

/** What Lambda calls; a test may leave the context out. */
export type ObservedFunction<Event, Answer> = (event: Event, context?: FunctionContext) => Promise<Answer>;

export interface ObservedOptions {
  /** Errors that are an answer, such as a token that does not hold: counted as `Refusals`. @default none is */
  readonly refuses?: (error: unknown) => boolean;
}

/**
 * A function that no API calls (an authorizer, a trigger, a step, a reader of events) with the telemetry that
 * requests have: each of its log lines carries what the event names (tenant, operation, run, deployment) and the id
 * that its work is followed by; each call is counted and timed; the trace can be searched by the same names.
 * What `handler` throws is logged and thrown on.
 */
export function observed<Event, Answer>(
  { logger, metrics, tracer }: Telemetry,
  handler: (event: Event, context: FunctionContext) => Promise<Answer>,
  { refuses = () => false }: ObservedOptions = {},
): ObservedFunction<Event, Answer> {
  return async (event, context) => {
    const startedAt = performance.now();
    const labels = callLabels(event);
    const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
    const segment = parent?.addNewSubsegment('call');
    if (segment) tracer.setSegment(segment);
    for (const [name, value] of Object.entries(labels)) if (segment) tracer.putAnnotation(name, value);
    if (context) logger.addContext(context);
    logger.appendKeys({ ...labels });
    let outcome: 'Answers' | 'Refusals' | 'Failures' = 'Answers';
    try {
      return await handler(event, context as FunctionContext);
    } catch (error) {
      outcome = refuses(error) ? 'Refusals' : 'Failures';
      if (outcome === 'Failures') {
        logger.error('call failed', { error: error as Error });
        segment?.addFaultFlag();
      }
      throw error;
    } finally {
      const milliseconds = Math.round(performance.now() - startedAt);
      // Names are searchable fields, never dimensions: there are as many as tenants.
      for (const [name, value] of Object.entries(labels)) metrics.addMetadata(name, value);
      metrics.addMetric('Calls', MetricUnit.Count, 1);
      metrics.addMetric('CallFailures', MetricUnit.Count, outcome === 'Failures' ? 1 : 0);
      metrics.addMetric('Refusals', MetricUnit.Count, outcome === 'Refusals' ? 1 : 0);
      metrics.addMetric('CallLatency', MetricUnit.Milliseconds, milliseconds);
      metrics.publishStoredMetrics();
      logger.resetKeys();
      if (segment) {
        segment.close();
        if (parent) tracer.setSegment(parent);
      }
    }
  };
}
