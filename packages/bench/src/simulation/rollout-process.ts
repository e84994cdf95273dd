import { fleetManifest, type ReleaseMake, releaseMakeOf, simulateRollout } from '@granary/simulation';
import type { FromProcess, RolloutDone, RolloutJob, ToProcess } from './rollout-job';

/** Simulates the releases that it is sent until its parent lets it go. */
let make: ReleaseMake | undefined;
/** Of the fleet that was simulated last: the next release often goes to the same. */
let fleet: { readonly tenants: number; readonly manifest: ReturnType<typeof fleetManifest> } | undefined;

process.on('message', (message: ToProcess) => {
  if ('templates' in message) make = releaseMakeOf(message.templates);
  else
    simulate(message.job).then(
      (done) => answer({ done }),
      (error: Error) => answer({ failed: error.message }),
    );
});
process.on('disconnect', () => process.exit());

async function simulate({ tenants, bad }: RolloutJob): Promise<RolloutDone> {
  if (!make) throw new Error('there is no release to simulate yet: the templates come first');
  const began = performance.now();
  if (fleet?.tenants !== tenants) fleet = { tenants, manifest: fleetManifest({ tenants }) };
  const rollout = await simulateRollout({ manifest: fleet.manifest, make, ...(bad ? { bad } : {}) });
  return { rollout, seconds: (performance.now() - began) / 1000 };
}

function answer(message: FromProcess): void {
  process.send?.(message);
}
