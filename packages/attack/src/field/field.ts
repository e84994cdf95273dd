import type { Tenant } from '@granary/api';
import type { CloudEndpoint, EngineCredentials } from '@granary/local';
import type { Manifest } from '@granary/manifest';
import { AttackError } from '../attack-error';
import { bodyOf, send } from '../http';
import { Secrets } from '../secrets';
import { canaryOf } from './canary';
import { type Deployed, type Deployment, readRelease } from './deployed';
import { People, type Person } from './people';
import { scopedSession } from './scoped-session';
import { activeTenant, NEWCOMERS, signUp, until } from './tenants';
import { liftQuotas } from './usage-plans';

/** A tenant with people and data. */
export interface TenantField {
  readonly tenantId: string;
  readonly tier: string;
  readonly deployment: Deployment;
  readonly admin: Person;
  readonly user: Person;
  /** What the services act with for the admin and for the user. */
  readonly sessions: Readonly<Record<'admin' | 'user', EngineCredentials>>;
  /** Ids of its rows, which attackers are assumed to know. */
  readonly products: readonly string[];
  readonly orders: readonly string[];
}

/** What is attacked. */
export interface Field {
  readonly cloud: CloudEndpoint;
  readonly manifest: Manifest;
  readonly secrets: Secrets;
  readonly people: People;
  readonly control: Deployed;
  readonly operator: Person;
  readonly deployments: readonly Deployment[];
  readonly tenants: readonly TenantField[];
}

const PRODUCTS = 3;
const ORDERS = 2;

/** Makes tenants through the public API, people as root of their pools, and rows through the tenants' own API. */
export async function layOut(cloud: CloudEndpoint, manifest: Manifest): Promise<Field> {
  const secrets = new Secrets();
  const people = new People(cloud, secrets);
  const { control, deployments } = await readRelease(cloud, manifest);
  await Promise.all(deployments.map((deployment) => liftQuotas(cloud, deployment)));
  const operator = await people.enter(control, 'attacked-operator@granary.example.com', 'SystemAdmin');
  const tiers = Object.entries(manifest.tiers).flatMap(([tier, { model }]) =>
    model === 'pool' ? [tier] : [],
  );
  const found: Tenant[] = [];
  // One after the other: each placement sees the one before.
  for (const [index, tenantId] of NEWCOMERS.entries())
    found.push(await signUp(control, operator.idToken, tenantId, tiers[index % tiers.length] as string));
  const silo = deployments.find(({ kind }) => kind === 'silo')?.deploymentId;
  if (!silo) throw new AttackError('the manifest has no silo tenant');
  found.push(await until(`tenant "${silo}"`, () => activeTenant(control.apiUrl, operator.idToken, silo)));
  const tenants = await Promise.all(
    found.map(async ({ tenantId, tier, deploymentId }): Promise<TenantField> => {
      const deployment = deployments.find((one) => one.deploymentId === deploymentId);
      if (!deployment) throw new AttackError(`"${tenantId}" is in "${deploymentId}", which is not deployed`);
      const claims = { 'custom:tenantId': tenantId, 'custom:tenantTier': tier };
      const admin = await people.enter(deployment, `admin@${tenantId}.example.com`, 'TenantAdmin', claims);
      const user = await people.enter(deployment, `user@${tenantId}.example.com`, 'TenantUser', claims);
      const session = (person: Person) => scopedSession(cloud, secrets, deployment, person.idToken);
      const sessions = { admin: await session(admin), user: await session(user) };
      const products = await times(PRODUCTS, () => createProduct(deployment, admin, tenantId));
      const orders = await times(ORDERS, () => createOrder(deployment, admin, tenantId, products));
      return { tenantId, tier, deployment, admin, user, sessions, products, orders };
    }),
  );
  const shared = tenants.filter(({ deployment }) => deployment.kind === 'pool');
  if (new Set(shared.map(({ deployment }) => deployment.deploymentId)).size === shared.length)
    throw new AttackError('no two tenants share a pool');
  return { cloud, manifest, secrets, people, control, operator, deployments, tenants };
}

/** The tenants of the same deployment, without the tenant itself. */
export function neighboursOf(field: Field, { tenantId, deployment }: TenantField): readonly TenantField[] {
  return field.tenants.filter((one) => one.deployment === deployment && one.tenantId !== tenantId);
}

/** Everybody else's tenants. */
export function strangersTo(field: Field, { tenantId }: TenantField): readonly TenantField[] {
  return field.tenants.filter((one) => one.tenantId !== tenantId);
}

/** A product's body with the tenant's canary. */
export const productBody = (tenantId: string) => ({
  sku: 'attack',
  name: canaryOf(tenantId),
  price: 12.5,
  category: 'grain',
});

/** An order's body with the tenant's canary. */
export const orderBody = (tenantId: string, products: readonly string[]) => ({
  orderName: canaryOf(tenantId),
  orderProducts: products.slice(0, 2).map((productId) => ({ productId, quantity: 2 })),
});

/** @returns the product's id */
export function createProduct({ apiUrl }: Deployment, person: Person, tenantId: string): Promise<string> {
  return create(apiUrl, person, 'products', productBody(tenantId), 'productId');
}

/** @returns the order's id */
export function createOrder(
  { apiUrl }: Deployment,
  person: Person,
  tenantId: string,
  products: readonly string[],
): Promise<string> {
  return create(apiUrl, person, 'orders', orderBody(tenantId, products), 'orderId');
}

async function create(baseUrl: string, { idToken }: Person, path: string, body: object, idName: string) {
  const answer = await send({ method: 'POST', baseUrl, path, token: idToken, body });
  const id = (bodyOf(answer) as Record<string, unknown> | undefined)?.[idName];
  if (answer.ok && typeof id === 'string') return id;
  throw new AttackError(
    `a row of one's own cannot be created: ${answer.status} ${answer.text.slice(0, 300)}`,
  );
}

async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
}
