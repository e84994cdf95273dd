import type { Deployment, Tenant } from '@granary/api';
import type { IsolationReport } from './isolation';
import type { Credentials } from './users';

/** A tenant's administrator who signed in and traded. */
export interface AdminVisit extends Credentials {
  readonly tenantId: string;
  readonly apiUrl: string;
  /** What its lists hold. */
  readonly products: number;
  readonly orders: number;
}

/** What the walk found; `verdict` says whether all of it is as it must be. */
export interface WalkReport {
  readonly controlPlaneUrl: string;
  readonly operator: Credentials;
  readonly deployments: readonly Deployment[];
  readonly tenants: readonly Tenant[];
  readonly visits: readonly AdminVisit[];
  /** Undefined when no two tenants share a pool. */
  readonly isolation: IsolationReport | undefined;
  readonly verdict: Verdict;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reasons: readonly string[] };

export interface Finding {
  readonly release: string;
  readonly deployments: readonly Deployment[];
  readonly expectedDeployments: readonly string[];
  readonly isolation: IsolationReport | undefined;
}

/** All reasons why a walk that ran to its end did not show what it must. */
export function verdictOf({ release, deployments, expectedDeployments, isolation }: Finding): Verdict {
  const reasons: string[] = [];
  for (const id of expectedDeployments) {
    const deployment = deployments.find(({ deploymentId }) => deploymentId === id);
    if (!deployment) reasons.push(`deployment "${id}" is not registered`);
    else if (deployment.release !== release)
      reasons.push(`deployment "${id}" runs ${deployment.release.slice(0, 8)}, not ${release.slice(0, 8)}`);
  }
  if (!isolation) reasons.push('no two tenants share a pool: isolation was not tried');
  for (const { what, answer, expected, ok } of isolation?.attempts ?? [])
    if (!ok) reasons.push(`isolation: ${what} must be ${expected}, and gave ${answer}`);
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons };
}
