/**
 * More is a mistake, or work for another installation. A cell carries 250 to 400 silo tenants, so that a hundred
 * thousand of them need 250 to 400 cells; docs/manifest.md.
 */
export const LIMITS = {
  bytes: 64 * 1024 * 1024,
  depth: 16,
  cells: 1000,
  tiers: 20,
  pools: 100,
  tenants: 100_000,
  pricedMeters: 20,
  waves: 20,
  rings: 20,
  windows: 21,
  freeze: 50,
  confirmedReplacements: 50,
  /** Longer is no freeze with an end. */
  freezeDays: 366,
} as const;
