import { type Draft, own, recordOf, textOf } from './draft';
import type { Problem } from './problem';
import { suggest } from './suggestion';

/** A tier says how its tenants get into the manifest only if they do, and into a cell that there is. */
export function* onboardingProblems({ tiers = {}, cells = [] }: Draft): Generator<Problem> {
  const known = cells.flatMap((cell) => textOf(cell, 'id') ?? []);
  for (const name of Object.keys(tiers)) {
    const tier = recordOf(own(tiers, name)) ?? {};
    const onboarding = recordOf(own(tier, 'onboarding'));
    if (!onboarding) continue;
    const path = ['tiers', name, 'onboarding'];
    if (tier.model === 'pool')
      yield {
        path,
        message: 'stands at a pool tier, whose tenants are not in the manifest',
        advice: 'remove it, or make the tier a silo tier',
      };
    const { cell } = onboarding;
    if (typeof cell === 'string' && known.length > 0 && !known.includes(cell))
      yield { path: [...path, 'cell'], message: 'no such cell', advice: suggest(cell, known, 'cell') };
  }
}
