import type { Limits } from '@granary/api';
import { LIMITS } from '../../strings/en/operator/plans';

/** Limits by name, in words. */
export function limitTexts({ throttle, quota }: Limits) {
  return [
    { label: LIMITS.burst, value: throttle.burst.toLocaleString('en') },
    { label: LIMITS.rate, value: throttle.rate.toLocaleString('en') },
    { label: LIMITS.perDay, value: quota.requestsPerDay.toLocaleString('en') },
  ] as const;
}
