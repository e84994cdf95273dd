import { FLEET_STATES, type FleetEntry } from '@granary/api';

/** How many deployments are in each state, in the order of the states. */
export function fleetCounts(
  entries: readonly Pick<FleetEntry, 'state'>[],
): readonly (readonly [FleetEntry['state'], number])[] {
  return FLEET_STATES.flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length;
    return count > 0 ? [[state, count] as const] : [];
  });
}
