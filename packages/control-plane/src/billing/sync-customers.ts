import type { Tenant } from '@granary/api';
import { type ControlTable, type Item, WriteRefusedError } from '../control-table/control-table';
import { TENANT_LISTING } from '../tenant/tenant-record';
import { BillingProviderError, BillingSettingsError } from './billing-error';
import {
  allCustomers,
  type Customer,
  currentTier,
  newCustomer,
  readCustomer,
  replaceCustomer,
} from './customer';
import type { BillingProvider } from './provider';

/** What billing needs to know of a tenant. */
export type Billable = Pick<Tenant, 'tenantId' | 'name' | 'tier' | 'adminEmail' | 'status' | 'createdAt'>;

export interface SyncOptions {
  readonly table: ControlTable;
  readonly provider: BillingProvider;
  readonly now: () => Date;
  /** Told of what one tenant's provider did not do; the others go on. */
  readonly failed: (tenantId: string, error: Error) => Promise<void>;
}

/** Tenants that pay: an inactive one keeps its data, and its place. */
const PAYING: readonly string[] = ['active', 'inactive'];
/** Tenants that came to nothing, or not yet to anything. */
const NOT_YET: readonly string[] = ['provisioning', 'failed'];

/**
 * Brings the customers into line with the tenants: opens, moves to another plan, closes. It looks at what is, not
 * at what happened, so a run that was cut off is made good by the next.
 */
export async function syncCustomers(options: SyncOptions): Promise<void> {
  const tenants = new Map<string, Billable>();
  for await (const tenant of allTenants(options.table)) tenants.set(tenant.tenantId, tenant);
  for (const tenant of tenants.values())
    await guarded(tenant.tenantId, options, () => syncCustomer(tenant, options));
  for await (const customer of allCustomers(options.table)) {
    if (tenants.has(customer.tenantId) || currentTier(customer) === undefined) continue;
    await guarded(customer.tenantId, options, () => closeCustomer(customer, options));
  }
}

/**
 * Brings one customer into line with its tenant.
 * @throws BillingProviderError, BillingSettingsError, WriteRefusedError when it was changed meanwhile
 */
export async function syncCustomer(
  tenant: Billable,
  options: Pick<SyncOptions, 'table' | 'provider' | 'now'>,
): Promise<void> {
  const { table, provider, now } = options;
  const { tenantId, name, tier, adminEmail: email, status, createdAt } = tenant;
  const customer = await readCustomer(table, tenantId);
  if (!PAYING.includes(status)) {
    const closes = customer && currentTier(customer) !== undefined && !NOT_YET.includes(status);
    if (closes) await closeCustomer(customer, options);
    return;
  }
  if (!customer) {
    const reference = await provider.open({ tenantId, name, email, tier, since: createdAt });
    const subscriptions = [{ tier, from: createdAt }];
    await table.write([newCustomer({ tenantId, provider: provider.name, reference, subscriptions })]);
    return;
  }
  const present = currentTier(customer);
  if (present === tier && customer.provider === provider.name) return;
  const at = now().toISOString();
  const subscriber = { tenantId, name, email, tier, since: at };
  // A customer of another provider, or one that left and came back, is opened anew.
  const moved = present !== undefined && customer.provider === provider.name;
  // The same second try after a lost answer must name the same subscription: the last change tells it apart.
  const since = customer.subscriptions.at(-1)?.until ?? customer.subscriptions.at(-1)?.from ?? at;
  const reference = moved
    ? await provider.changePlan(customer, { ...subscriber, since })
    : await provider.open({ ...subscriber, since });
  const subscriptions = [...ended(customer, at).subscriptions, { tier, from: at }];
  await table.write([replaceCustomer({ ...customer, provider: provider.name, reference, subscriptions })]);
}

async function closeCustomer(
  customer: Customer,
  { table, provider, now }: Pick<SyncOptions, 'table' | 'provider' | 'now'>,
): Promise<void> {
  const at = now();
  if (customer.provider === provider.name) await provider.close(customer, at);
  await table.write([replaceCustomer(ended(customer, at.toISOString()))]);
}

function ended(customer: Customer, until: string): Customer {
  const subscriptions = customer.subscriptions.map((each) => ({ ...each, until: each.until ?? until }));
  return { ...customer, subscriptions };
}

/** What one tenant's account runs into is told, and does not stop the others. */
export async function guarded(
  tenantId: string,
  { failed }: Pick<SyncOptions, 'failed'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof BillingProviderError || error instanceof BillingSettingsError)
      await failed(tenantId, error);
    // Somebody was faster: the next run looks again.
    else if (!(error instanceof WriteRefusedError)) throw error;
  }
}

async function* allTenants(table: ControlTable): AsyncGenerator<Billable> {
  let after: Item | undefined;
  for (;;) {
    const page = await table.list({ list: TENANT_LISTING.list, limit: 100, ...(after ? { after } : {}) });
    for (const item of page.items) yield TENANT_LISTING.decode(item);
    after = page.items.at(-1);
    if (!page.more || !after) return;
  }
}
