import type { Deployment, Tenant } from '@granary/api';
import { allItems, applicationClient, type ControlClient, controlClient } from '@granary/client';
import { type Manifest, planRollout, stackName } from '@granary/manifest';
import { WalkError } from '../cli-error';
import type { ControlPlane } from './control-plane';
import { demoTenants } from './demo-tenants';
import { type IsolationReport, type Neighbour, tryNeighbour } from './isolation';
import type { Operator } from './operator';
import { randomPassword } from './password';
import type { Patience } from './patience';
import { reachableUrl } from './reachable-url';
import { activeTenant, signUpTenant } from './sign-up';
import type { Stacks } from './stacks';
import type { Rows } from './tenant-rows';
import type { AskAuthorizer } from './tenant-session';
import { trade } from './trade';
import type { Users } from './users';
import { type AdminVisit, verdictOf, type WalkReport } from './walk-report';

export interface WalkOptions {
  readonly manifest: Manifest;
  /** The commit that every deployment must run. */
  readonly release: string;
  readonly controlPlane: ControlPlane;
  readonly operator: Operator;
  /** The engine's URL. */
  readonly endpoint: string;
  readonly stacks: Stacks;
  readonly users: Users;
  readonly rows: Rows;
  readonly askAuthorizer: AskAuthorizer;
  readonly patience: Patience;
  /** What was done, one line each. */
  readonly tell: (line: string) => void;
}

interface Visit {
  readonly report: AdminVisit;
  readonly neighbour: Neighbour;
  readonly deploymentId: string;
}

/**
 * Uses the released system as its people do: pooled tenants sign up, their administrators and one of a silo sign in
 * and trade, an operator looks at everything, and one tenant reaches for its neighbour's rows.
 *
 * @throws WalkError, ApiError at the first step that does not go as it must
 */
export async function walk(options: WalkOptions): Promise<WalkReport> {
  const { manifest, release, controlPlane, operator, patience, tell } = options;
  const anyone = controlClient({ baseUrl: controlPlane.apiUrl });
  const newcomers = demoTenants(manifest);
  // One after the other: each placement sees the one before.
  for (const newcomer of newcomers) {
    const how = await signUpTenant(anyone, newcomer, patience);
    tell(`${newcomer.tenantId} (${newcomer.tier}) ${how}`);
  }
  const silo = firstSilo(manifest);
  const deployments = await listDeployments(operator.api, options.endpoint);
  const visits: Visit[] = [];
  for (const tenantId of [...newcomers.map((newcomer) => newcomer.tenantId), ...(silo ? [silo] : [])]) {
    const tenant = await activeTenant(operator.api, tenantId, patience);
    const visit = await visitAs(tenant, deployments, anyone, options);
    const { products, orders, userName } = visit.report;
    tell(`${userName} signed in: products ${products}, orders ${orders}`);
    visits.push(visit);
  }
  const tenants = await allItems(operator.api.listTenants);
  tell(`${operator.credentials.userName} lists ${tenants.length} tenants, ${deployments.length} deployments`);
  const isolation = await tryNeighbours(visits, deployments, options);
  const plan = planRollout(manifest);
  const expectedDeployments = [...plan.pools, ...plan.waves.flatMap((wave) => wave.tenants)].map(
    ({ id }) => id,
  );
  return {
    controlPlaneUrl: controlPlane.apiUrl,
    operator: operator.credentials,
    deployments,
    tenants,
    visits: visits.map(({ report }) => report),
    isolation,
    verdict: verdictOf({ release, deployments, expectedDeployments, isolation }),
  };
}

/** Every deployment, at a URL that answers now. */
export async function listDeployments(operator: ControlClient, endpoint: string): Promise<Deployment[]> {
  const all = await allItems(operator.listDeployments);
  return all.map((deployment) => ({ ...deployment, apiUrl: reachableUrl(deployment.apiUrl, endpoint) }));
}

function firstSilo(manifest: Manifest): string | undefined {
  return planRollout(manifest).waves.flatMap((wave) => wave.tenants)[0]?.id;
}

async function visitAs(
  { tenantId, adminEmail, deploymentId }: Tenant,
  deployments: readonly Deployment[],
  anyone: ControlClient,
  { endpoint, users, release }: WalkOptions,
): Promise<Visit> {
  const deployment = deployments.find((one) => one.deploymentId === deploymentId);
  if (!deployment)
    throw new WalkError(`tenant "${tenantId}": deployment "${deploymentId}" is not registered`);
  const config = await anyone.getTenantConfig({ params: { tenantName: tenantId } });
  const credentials = { userName: adminEmail, password: randomPassword() };
  await users.setPassword(deployment, credentials);
  const token = await users.signIn(config, credentials);
  const apiUrl = reachableUrl(config.apiUrl, endpoint);
  const api = applicationClient({ baseUrl: apiUrl, token });
  const { product, products, orders } = await trade(api, tenantId, release.slice(0, 8));
  return {
    report: { ...credentials, tenantId, apiUrl, products, orders },
    neighbour: { tenantId, token, productId: product.productId, api },
    deploymentId,
  };
}

async function tryNeighbours(
  visits: readonly Visit[],
  deployments: readonly Deployment[],
  options: WalkOptions,
): Promise<IsolationReport | undefined> {
  const shared = deployments.find(
    ({ deploymentId }) => visits.filter((visit) => visit.deploymentId === deploymentId).length > 1,
  );
  if (!shared) return undefined;
  const [tenant, neighbour] = visits
    .filter((visit) => visit.deploymentId === shared.deploymentId)
    .map((visit) => visit.neighbour);
  if (!tenant || !neighbour) return undefined;
  const { stacks, rows, askAuthorizer, manifest } = options;
  const report = await tryNeighbour({
    stacks,
    rows,
    askAuthorizer,
    deployment: shared,
    stackName: stackName(manifest, shared.deploymentId),
    tenant,
    neighbour,
  });
  const held = report.attempts.filter(({ ok }) => ok).length;
  options.tell(
    `${tenant.tenantId} reached for ${neighbour.tenantId}'s rows in ${shared.deploymentId}: ` +
      `${held} of ${report.attempts.length} answers as they must be`,
  );
  return report;
}
