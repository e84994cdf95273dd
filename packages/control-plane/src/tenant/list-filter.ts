import type { Deployment, DeploymentQuery, Tenant, TenantQuery } from '@granary/api';

/** Whether a tenant is one that was asked for. */
export function tenantFilter({ tier, status, deployment, text }: TenantQuery): (tenant: Tenant) => boolean {
  const wanted = text?.toLowerCase();
  return (tenant) =>
    is(tier, tenant.tier) &&
    is(status, tenant.status) &&
    is(deployment, tenant.deploymentId) &&
    (wanted === undefined ||
      [tenant.tenantId, tenant.name, tenant.adminEmail].some((field) =>
        field.toLowerCase().includes(wanted),
      ));
}

/** Whether a deployment is one that was asked for. */
export function deploymentFilter({
  account,
  region,
  wave,
  release,
}: DeploymentQuery): (deployment: Deployment) => boolean {
  return (deployment) =>
    is(account, deployment.account) &&
    is(region, deployment.region) &&
    is(wave, deployment.wave) &&
    (release === undefined || deployment.release.startsWith(release));
}

function is<Value>(wanted: Value | undefined, value: Value): boolean {
  return wanted === undefined || wanted === value;
}
