import type { DeployOrder } from '../deployer/deploy-order';
import type { Version } from '../version/version';

/** What a deployment ran before a run reached it. @param versions of the deployment, the newest first */
export function rollbackTarget(versions: readonly Version[], runId: string): Version | undefined {
  return versions.find(
    (version) =>
      version.runId !== runId && (version.result === 'succeeded' || version.result === 'rolled-back'),
  );
}

/** Whether a run has brought something to the deployment. @param versions of the deployment */
export function touchedBy(versions: readonly Version[], runId: string): boolean {
  return versions.some((version) => version.runId === runId);
}

/** Brings a deployment back to a version that it had, for the run that halts. */
export function rollbackOrder(target: Version, runId: string, wave: string): DeployOrder {
  const { deploymentId, kind, account, region, stackName, templateDigest, parameters, release, tenant } =
    target;
  return {
    deploymentId,
    kind,
    account,
    region,
    stackName,
    templateDigest,
    parameters,
    release,
    wave,
    runId,
    purpose: 'rollback',
    ...(tenant ? { tenant } : {}),
  };
}
