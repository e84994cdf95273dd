import type { BillingPlan } from '@granary/api';
import { SIGN_UP } from '../strings/en/sign-up';

const whole = new Intl.NumberFormat('en');

/** "USD 29 a month, and USD 0.03 for 1,000 requests". */
export function priceText({ price }: Pick<BillingPlan, 'price'>): string {
  if (!price) return SIGN_UP.plans.free;
  const { currency, monthly, usage } = price;
  const money = (amount: number) =>
    new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
      maximumFractionDigits: 4,
    }).format(amount);
  const used = Object.entries(usage)
    .filter(([, { amount }]) => amount > 0)
    .map(([meter, { unit, amount }]) =>
      SIGN_UP.plans.perUse(money(amount), whole.format(unit), SIGN_UP.plans.meters[meter] ?? meter),
    );
  const fixed = monthly > 0 ? [SIGN_UP.plans.monthly(money(monthly))] : [];
  const parts = [...fixed, ...used];
  return parts.length === 0 ? SIGN_UP.plans.free : parts.join(SIGN_UP.plans.and);
}

/** What one tenant of the plan may send. */
export function limitsText({ limits }: Pick<BillingPlan, 'limits'>): string {
  const { throttle, quota } = limits;
  return SIGN_UP.plans.limits(
    whole.format(quota.requestsPerDay),
    whole.format(throttle.rate),
    whole.format(throttle.burst),
  );
}

/** "basic" gives "Basic". */
export function planName(tier: string): string {
  return tier.charAt(0).toUpperCase() + tier.slice(1).replaceAll('-', ' ');
}
