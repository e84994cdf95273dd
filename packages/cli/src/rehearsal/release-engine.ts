import type { Release } from '@granary/api';
import { allItems, type ControlClient, NotFoundError } from '@granary/client';

/** What the deployed release engine knows. */
export interface ReleaseEngine {
  /** The newest run of a commit; undefined when it has none. */
  runOf(commit: string): Promise<Release | undefined>;
  /** What every deployment runs, by its id. */
  running(): Promise<ReadonlyMap<string, string>>;
  /** Whether a release was ever brought to a deployment. */
  reached(deploymentId: string, release: string): Promise<boolean>;
}

/** Runs that are looked through for a commit's. */
const RECENT = 25;

/** The release engine, asked through the control plane's API. @param open signs in, for each question anew */
export function releaseEngine(open: () => Promise<ControlClient>): ReleaseEngine {
  return {
    async runOf(commit) {
      const { items } = await (await open()).listReleases({ query: { limit: RECENT } });
      return items.find(({ release }) => release === commit);
    },
    async running() {
      const fleet = await allItems((await open()).getFleet, { query: { limit: 500 } });
      return new Map(fleet.map(({ deploymentId, release }) => [deploymentId, release]));
    },
    async reached(deploymentId, release) {
      try {
        const { items } = await (await open()).listVersions({ params: { deploymentId } });
        return items.some((version) => version.release === release);
      } catch (error) {
        if (error instanceof NotFoundError) return false;
        throw error;
      }
    },
  };
}
