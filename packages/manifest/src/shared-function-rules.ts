import { type Draft, own, recordOf } from './draft';
import type { Problem } from './problem';

/** The tenants of every pool tier are served by the same functions: what is set on a function, all must say alike. */
export function* sharedFunctionProblems({ tiers = {} }: Draft): Generator<Problem> {
  const pooled = Object.keys(tiers).filter((name) => recordOf(own(tiers, name))?.model === 'pool');
  const [first, ...others] = pooled.map((name) => ({
    name,
    ...settingsOf(recordOf(own(tiers, name)) ?? {}),
  }));
  if (!first) return;
  for (const { name, isolation, reserves } of others) {
    if (isolation !== first.isolation)
      yield {
        path: ['tiers', name, ...(isolation === 'shared' ? [] : ['tenantIsolation'])],
        message: `does not isolate tenants as the pool tier "${first.name}" does`,
        advice: `pool tiers share their functions: write "tenantIsolation": "${String(first.isolation)}", or change all of them`,
      };
    if (reserves !== first.reserves)
      yield {
        path: ['tiers', name, ...(reserves ? ['reservedConcurrency'] : [])],
        message: reserves
          ? `reserves concurrency, and the pool tier "${first.name}" does not`
          : `reserves no concurrency, and the pool tier "${first.name}" does`,
        advice: 'pool tiers share their functions, which get the sum: write it for all of them, or for none',
      };
  }
}

function settingsOf(tier: Readonly<Record<string, unknown>>) {
  return {
    isolation: own(tier, 'tenantIsolation') ?? 'shared',
    reserves: own(tier, 'reservedConcurrency') !== undefined,
  };
}
