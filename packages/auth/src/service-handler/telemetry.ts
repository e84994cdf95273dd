import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import type { ConsumedCapacity } from '../consumed-capacity';
import { serviceLogger } from '../service-logger';
import { type RequestUsage, USAGE_FIELD, usageCollector } from './request-usage';

/** CloudWatch namespace of all that the services measure. */
export const METRICS_NAMESPACE = 'Granary';

/** Powertools of one service. They carry the service, and within a request also route, tenant and tier. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** The deployment that requests are measured by, beside service and tier. @default neither */
  readonly deployment?: string;
}

/** What a request is known by in logs, metrics and traces: never a token, a credential, a claim or a body. */
export interface RequestLabels {
  readonly route: string;
  /** @default none: a public route or an operator's */
  readonly tenantId?: string;
  /** @default none: a public route or an operator's */
  readonly tier?: string;
}

/**
 * Makes a service's telemetry. Tracing is on only where Lambda has given an X-Ray daemon, and obeys
 * POWERTOOLS_TRACE_ENABLED; logs obey POWERTOOLS_LOG_LEVEL. METRICS_DEPLOYMENT names the deployment whose tiers are
 * watched one by one.
 */
export function createTelemetry(service: string, source: NodeJS.ProcessEnv = process.env): Telemetry {
  const daemon = source.AWS_XRAY_DAEMON_ADDRESS !== undefined;
  const deployment = source.METRICS_DEPLOYMENT;
  return {
    logger: serviceLogger(service),
    metrics: new Metrics({ serviceName: service, namespace: METRICS_NAMESPACE }),
    tracer: new Tracer({
      serviceName: service,
      captureHTTPsRequests: false,
      ...(daemon ? {} : { enabled: false }),
    }),
    ...(deployment ? { deployment } : {}),
  };
}

/** One request as telemetry sees it. */
export interface RequestSpan {
  readonly usage: RequestUsage;
  /** Adds to every later log line, the metrics and the trace. */
  label(labels: RequestLabels): void;
  /** Writes the request's line, metrics and trace; `error` is what failed it, if our side did. */
  end(status: number, error?: unknown): void;
}

/** What a request begins with. */
export interface RequestStart extends Telemetry {
  readonly context: Context;
  readonly requestId: string;
  /** What the request's clients consume. @default not known */
  readonly capacity?: ConsumedCapacity | undefined;
}

/** Begins a request. `end` must be called exactly once; requests of one environment never overlap in Lambda. */
export function beginRequest(start: RequestStart): RequestSpan {
  const { logger, metrics, tracer, deployment, context, requestId, capacity } = start;
  const startedAt = performance.now();
  const usage = usageCollector(capacity);
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  const segment = parent?.addNewSubsegment('request');
  if (segment) tracer.setSegment(segment);
  logger.addContext(context);
  let labels: RequestLabels = { route: 'unknown' };
  return {
    usage,
    label(next) {
      labels = next;
      logger.appendKeys({ ...next });
      if (segment) for (const [key, value] of Object.entries(next)) tracer.putAnnotation(key, value);
    },
    end(status, error) {
      const elapsed = performance.now() - startedAt;
      const milliseconds = Math.round(elapsed);
      if (error === undefined) logger.info('request answered', { status, milliseconds });
      else logger.error('request failed', { status, milliseconds, error });
      // Tenant and route are searchable fields, not dimensions: a series for each tenant and route would cost
      // more than the service. The first set is what alarms watch.
      metrics.addDimensions({});
      if (labels.tier) metrics.addDimensions({ tier: labels.tier });
      // Only where it is watched: a series for each deployment would cost more than it tells.
      if (labels.tier && deployment) metrics.addDimensions({ tier: labels.tier, deployment });
      metrics.addMetadata('route', labels.route);
      if (labels.tenantId) {
        const { tenantId } = labels;
        const memory = Number(context.memoryLimitInMB) || 0;
        const used = { id: requestId, tenantId, at: new Date(), milliseconds: elapsed, memory };
        metrics.addMetadata('tenantId', tenantId);
        // On this line, since a log level that hides the others must not make requests free.
        metrics.addMetadata(USAGE_FIELD, JSON.stringify(usage.record(used)));
      }
      metrics.addMetric('Requests', MetricUnit.Count, 1);
      metrics.addMetric('Failures', MetricUnit.Count, status >= 500 ? 1 : 0);
      metrics.addMetric('Latency', MetricUnit.Milliseconds, milliseconds);
      metrics.publishStoredMetrics();
      logger.resetKeys();
      if (segment) {
        if (status >= 500) segment.addFaultFlag();
        segment.close();
        if (parent) tracer.setSegment(parent);
      }
    },
  };
}
