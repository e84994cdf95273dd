import type { Environment, Manifest } from '@granary/manifest';

/** The accounts and regions that a manifest deploys to, as the local cloud has to prepare them. */
export interface CloudEnvironments {
  readonly application: string;
  readonly branch: string;
  /** Where the pipeline lives. */
  readonly toolchain: Environment;
  readonly controlPlane: Environment;
  /** Everything to bootstrap, each once. */
  readonly all: readonly CloudEnvironment[];
}

export interface CloudEnvironment extends Environment {
  /** Account whose pipeline may deploy here; none in the toolchain's own account. */
  readonly trusts?: string;
}

/**
 * The toolchain's account is in every region that is deployed to, because a pipeline keeps artifacts in each
 * region of its actions.
 */
export function environmentsOf(manifest: Manifest): CloudEnvironments {
  const { toolchain, controlPlane, cells } = manifest;
  const workloads = [controlPlane, ...cells];
  const regions = new Set([toolchain.region, ...workloads.map(({ region }) => region)]);
  const all: CloudEnvironment[] = [...regions].map((region) => ({ account: toolchain.account, region }));
  for (const { account, region } of workloads) {
    if (all.some((known) => known.account === account && known.region === region)) continue;
    all.push({ account, region, trusts: toolchain.account });
  }
  return {
    application: manifest.application,
    branch: toolchain.source.branch,
    toolchain: { account: toolchain.account, region: toolchain.region },
    controlPlane: { account: controlPlane.account, region: controlPlane.region },
    all,
  };
}
