import { TooManyRequestsProblem, type Usage } from '@granary/api';
import { AppServicesError } from '../app-services-error';
import type { KeptReading } from './kept-usage';

const DAY = 24 * 60 * 60 * 1000;

/** Who asks, as the authorizer says it: nothing of it comes from the request. */
export interface UsageCaller {
  readonly tier: string;
  readonly usageKeyId?: string;
}

export interface UsageServiceDeps {
  readonly usageOf: (keyId: string, day: string) => Promise<KeptReading | undefined>;
  readonly now: () => number;
}

/** The authorizer names no usage key: the tenant was admitted by an older control plane. */
export class NoUsageKeyError extends AppServicesError {
  readonly name = 'NoUsageKeyError';

  constructor() {
    super('the authorizer names no usage key; register the tenant again so that its directory entry has one');
  }
}

/** The key is on its way from one plan to another. */
export class LimitsChangingProblem extends TooManyRequestsProblem {
  override readonly headers = { 'Retry-After': '1' };
}

/**
 * The caller's limits and what is left of today's.
 * @throws LimitsChangingProblem, NoUsageKeyError, UsageSourceError
 */
export async function readUsage(
  { tier, usageKeyId }: UsageCaller,
  { usageOf, now }: UsageServiceDeps,
): Promise<Usage> {
  if (usageKeyId === undefined) throw new NoUsageKeyError();
  const midnight = Math.floor(now() / DAY) * DAY;
  const day = new Date(midnight).toISOString().slice(0, 10);
  const kept = await usageOf(usageKeyId, day);
  if (!kept) throw new LimitsChangingProblem('your limits are being changed; try again shortly');
  const { throttle, quota, used } = kept.reading;
  return {
    day,
    tier,
    throttle,
    quota: {
      ...quota,
      used,
      left: Math.max(0, quota.requestsPerDay - used),
      resetsAt: new Date(midnight + DAY).toISOString(),
    },
    asOf: new Date(kept.at).toISOString(),
  };
}
