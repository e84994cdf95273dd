import {
  type APIGatewayClient,
  GetUsageCommand,
  GetUsagePlansCommand,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { Limits } from '@granary/api';
import { AppServicesError } from '../app-services-error';

/** What the gateway says of a key: the limits of its plan, and what it has used of a day. */
export interface UsageReading extends Limits {
  readonly used: number;
}

/** Asks the gateway; `day` is `YYYY-MM-DD`, UTC. Undefined while the key is on no plan: it is being moved. */
export type UsageSource = (keyId: string, day: string) => Promise<UsageReading | undefined>;

/** The gateway could not be asked, or its plan is none of ours. */
export class UsageSourceError extends AppServicesError {
  readonly name = 'UsageSourceError';
}

/** Names that the caller is to be told of: asking again later helps. */
const BUSY = new Set(['TooManyRequestsException', 'ThrottlingException', 'LimitExceededException']);

/** API Gateway's own count. On AWS it lags some requests behind. */
export function apiGatewayUsage(client: APIGatewayClient): UsageSource {
  return async (keyId, day) => {
    try {
      const { items = [] } = await client.send(new GetUsagePlansCommand({ keyId, limit: 25 }));
      // The key is on one plan of this API at most, and on none of another's.
      const plan = items.find(({ apiStages = [] }) => apiStages.length > 0);
      if (!plan) return undefined;
      const limits = limitsOf(plan);
      const usage = await client.send(
        new GetUsageCommand({ usagePlanId: plan.id, keyId, startDate: day, endDate: day }),
      );
      return { ...limits, used: usage.items?.[keyId]?.[0]?.[0] ?? 0 };
    } catch (error) {
      if (error instanceof AppServicesError || BUSY.has((error as Error).name)) throw error;
      // A refusal is our role's, not the caller's.
      throw new UsageSourceError('api gateway does not say what the key has used', { cause: error });
    }
  };
}

function limitsOf({ id, throttle, quota }: UsagePlan): Limits {
  const { burstLimit: burst, rateLimit: rate } = throttle ?? {};
  if (burst === undefined || rate === undefined || quota?.limit === undefined || quota.period !== 'DAY')
    throw new UsageSourceError(`usage plan ${id} has no throttle or no quota a day; deploy the stack again`);
  return { throttle: { burst, rate }, quota: { requestsPerDay: quota.limit } };
}
