import { DIRECTORY_TTL_SECONDS } from '@granary/auth';
import type { Attempt } from '../attempt';
import { flushGateway, setStatus } from '../field/deactivation';
import type { Field, TenantField } from '../field/field';
import { send } from '../http';

const KIND = 'a deactivated tenant';

/**
 * One tenant is put out. Inside the bound it may still be served. After it, nobody of it is: the directory's 60 s
 * pass for real, while the rest of the suite runs; the gateway's 300 s are passed by flushing its cache.
 */
export class Deactivation {
  private readonly tenant: TenantField;
  private since = 0;

  constructor(private readonly field: Field) {
    // Nobody else's attempts need it: the last of the pool's.
    this.tenant =
      field.tenants.find(({ tenantId }) => tenantId === 'birch-b') ?? (field.tenants[0] as TenantField);
  }

  /** Everybody who takes part in what runs meanwhile. */
  get remaining(): Field {
    return { ...this.field, tenants: this.field.tenants.filter((one) => one !== this.tenant) };
  }

  /** The tenant's requests before it is put out, which are served, and right after. */
  async *begin(): AsyncGenerator<Attempt> {
    yield* this.requests('before', 'served');
    await setStatus(this.field, this.tenant, 'inactive');
    this.since = Date.now();
    yield* this.requests('inside the bound', 'harmless');
  }

  /** The same requests after the bound, and with tokens that the gateway has never seen. */
  async *end(): AsyncGenerator<Attempt> {
    const left = this.since + DIRECTORY_TTL_SECONDS * 1000 - Date.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
    await flushGateway(this.field, this.tenant);
    yield* this.requests('after the bound', 'refused');
    const { deployment, admin } = this.tenant;
    const { idToken } = await this.field.people.signIn(deployment, admin.userName, admin.password);
    yield this.request('after the bound, signed in anew', 'refused', 'products', idToken);
  }

  /** Lets the tenant in again. */
  async restore(): Promise<void> {
    await setStatus(this.field, this.tenant, 'active');
    await flushGateway(this.field, this.tenant);
  }

  private *requests(when: string, expected: Attempt['expected']): Generator<Attempt> {
    for (const person of [this.tenant.admin, this.tenant.user])
      for (const path of ['products', 'orders', `products/${this.tenant.products[0]}`])
        yield this.request(`${person.role} ${when}`, expected, path, person.idToken);
  }

  private request(when: string, expected: Attempt['expected'], path: string, token: string): Attempt {
    const { tenantId, deployment } = this.tenant;
    return {
      kind: KIND,
      name: `${tenantId}'s ${when}: ${path}`,
      expected,
      tenantId,
      run: () => send({ method: 'GET', baseUrl: deployment.apiUrl, path, token }),
    };
  }
}
