/** A decimal with nine digits, as dollars: two digits, or as many as show something of a small amount. */
export function dollars(usd: string): string {
  const amount = Number(usd);
  if (amount === 0) return '$0';
  const digits = Math.abs(amount) >= 0.01 ? 2 : 6;
  return `${amount < 0 ? '-' : ''}$${Math.abs(amount).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** An amount in the currency's smallest unit. @param currency ISO 4217 */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** The month of a moment, UTC: `2026-11`. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** The newest months, this one first. */
export function lastMonths(now: Date, count: number): readonly string[] {
  return Array.from({ length: count }, (_, back) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))),
  );
}
