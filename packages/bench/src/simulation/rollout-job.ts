import type { SimulatedRollout, Template } from '@granary/simulation';

/** A release to simulate. */
export interface RolloutJob {
  readonly tenants: number;
  /** @default a good release */
  readonly bad?: { readonly fromWave: string; readonly errors: number };
}

/** A release that was simulated. */
export interface RolloutDone {
  readonly rollout: SimulatedRollout;
  /** What it took, in seconds of real time. */
  readonly seconds: number;
}

/** What a process is sent: the templates of a cloud assembly at first, then one job after the other. */
export type ToProcess = { readonly templates: readonly Template[] } | { readonly job: RolloutJob };

/** What it answers to each job. */
export type FromProcess = { readonly done: RolloutDone } | { readonly failed: string };
