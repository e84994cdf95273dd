import type { NamedTier } from '@granary/manifest';
import { Period, type RestApi, type UsagePlan } from 'aws-cdk-lib/aws-apigateway';

/** Adds a usage plan for each tier; each tenant's own key goes on its tier's plan. */
export function addUsagePlans(
  api: RestApi,
  prefix: string,
  tiers: readonly NamedTier[],
): ReadonlyMap<string, UsagePlan> {
  return new Map(
    tiers.map(({ name, throttle, quota }) => [
      name,
      api.addUsagePlan(`Plan-${name}`, {
        name: `${prefix}-${name}`,
        throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
        quota: { limit: quota.requestsPerDay, period: Period.DAY },
        apiStages: [{ api, stage: api.deploymentStage }],
      }),
    ]),
  );
}
