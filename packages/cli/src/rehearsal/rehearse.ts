import type { Tenant } from '@granary/api';
import { type Manifest, planRollout } from '@granary/manifest';
import type { Fault } from './fault';
import { type RehearsalReport, reportOf } from './rehearsal-report';
import type { ReleaseEngine } from './release-engine';

export interface RehearseOptions {
  readonly fault: Fault;
  readonly manifest: Manifest;
  readonly tenants: readonly Pick<Tenant, 'tenantId' | 'deploymentId'>[];
  readonly engine: ReleaseEngine;
  /** Makes the commit that carries the fault. @returns its id */
  readonly commit: (fault: Fault) => Promise<string>;
  /** Releases a commit to its end. @returns why it failed; undefined when it did not */
  readonly release: (commit: string) => Promise<string | undefined>;
}

/** Releases a fault on purpose, and tells what the gates did about it and who kept which version. */
export async function rehearse(options: RehearseOptions): Promise<RehearsalReport> {
  const { fault, manifest, tenants, engine } = options;
  const before = await engine.running();
  const commit = await options.commit(fault);
  const failure = await options.release(commit);
  const [run, now] = await Promise.all([engine.runOf(commit), engine.running()]);
  const { pools, waves } = planRollout(manifest);
  const planned = [
    ...pools.map(({ id }) => ({ deploymentId: id, wave: POOLS })),
    ...waves.flatMap((wave) => wave.tenants.map(({ id }) => ({ deploymentId: id, wave: wave.name }))),
  ];
  const kept = await Promise.all(
    planned.map(async ({ deploymentId, wave }) => ({
      deploymentId,
      wave,
      tenants: tenants.filter((one) => one.deploymentId === deploymentId).map(({ tenantId }) => tenantId),
      before: before.get(deploymentId),
      reached: await engine.reached(deploymentId, commit),
      now: now.get(deploymentId),
    })),
  );
  return reportOf({ fault, commit, failure, run, kept });
}

/** The pools are a wave of their own, before the others. */
const POOLS = 'pools';
