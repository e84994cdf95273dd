import fc from 'fast-check';
import type { Attempt } from '../attempt';
import { type Field, orderBody, productBody, type TenantField } from '../field/field';
import { bodyOf, send } from '../http';
import { direct, foreignOperations, type Operation, rowKey } from './direct-dynamodb';
import { forgeries } from './tokens';

const KIND = 'random requests with an oracle';

/** One random request, before it is known who owns what. */
const request = fc.record({
  tenant: fc.nat(),
  role: fc.constantFrom('admin', 'user'),
  /** Whose rows are named. */
  target: fc.nat(),
  own: fc.boolean(),
  row: fc.nat(),
  way: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('get', 'list', 'create', 'update', 'delete', 'order') },
    { weight: 6, arbitrary: fc.constant('sdk') },
    { weight: 1, arbitrary: fc.constantFrom('elsewhere', 'forged') },
  ),
  service: fc.constantFrom('products', 'orders'),
  choice: fc.nat(),
  malformed: fc.option(fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), { freq: 8 }),
  text: fc.string({ maxLength: 60, unit: 'binary' }),
  ifMatch: fc.constantFrom('"1"', '"2"', '*', '"9"'),
});
type RandomRequest = typeof request extends fc.Arbitrary<infer R> ? R : never;

const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T;

/** Requests from a seed; the oracle knows who owns each row, those made on the way included. */
export class RandomRequests {
  /** Rows that the requests made and may change, by tenant. */
  private readonly made = new Map<TenantField, { products: string[]; orders: string[] }>();

  constructor(
    private readonly field: Field,
    /** Of the generator: the same seed gives the same requests. */
    readonly seed: number,
  ) {
    for (const tenant of field.tenants) this.made.set(tenant, { products: [], orders: [] });
  }

  *attempts(count: number): Generator<Attempt> {
    for (const one of fc.sample(request, { seed: this.seed, numRuns: count })) yield this.attemptOf(one);
  }

  private attemptOf(one: RandomRequest): Attempt {
    const { tenants } = this.field;
    const tenant = pick(tenants, one.tenant);
    const others = tenants.filter((each) => each !== tenant);
    const owner = one.own ? tenant : pick(others, one.target);
    if (one.way === 'sdk') return this.sdk(one, tenant, owner);
    const attempt = this.http(one, tenant, owner);
    if (one.way === 'elsewhere') return this.elsewhere(one, tenant, attempt);
    return attempt;
  }

  private http(one: RandomRequest, tenant: TenantField, owner: TenantField): Attempt {
    const { way, service, role, choice } = one;
    const rows = owner === tenant ? this.ownRows(tenant, service, way === 'get') : owner[service];
    const id = one.malformed === null ? pick(rows, one.row) : encodeURIComponent(wellFormed(one.malformed));
    const foreign = owner !== tenant;
    const wrong = one.malformed !== null || foreign;
    const text = wellFormed(one.text);
    const body =
      service === 'orders' || way === 'order'
        ? orderBody(
            tenant.tenantId,
            foreign ? [pick(owner.products, choice), ...tenant.products] : tenant.products,
          )
        : { ...productBody(tenant.tenantId), category: text };
    const token =
      way === 'forged'
        ? pick(forgeries(tenant[role].idToken, owner.tenantId, EMPTY_KEY), choice).token
        : tenant[role].idToken;
    const ask = (
      method: string,
      path: string,
      expected: Attempt['expected'],
      more: object = {},
    ): Attempt => ({
      kind: KIND,
      name: `${tenant.tenantId}'s ${role}: ${way} ${method} ${path.slice(0, 60)} of ${owner.tenantId}`,
      expected,
      tenantId: tenant.tenantId,
      run: () => send({ method, baseUrl: tenant.deployment.apiUrl, path, token, ...more }),
    });
    switch (way) {
      case 'get':
        return ask('GET', `${service}/${id}`, wrong ? 'refused' : 'served');
      case 'list':
      case 'elsewhere':
        return ask('GET', `${service}?limit=${(choice % 100) + 1}`, 'served');
      case 'forged':
        return ask('GET', service, 'refused');
      case 'update':
        return ask('PUT', `${service}/${id}`, wrong ? 'refused' : 'harmless', {
          body,
          headers: [['if-match', one.ifMatch]],
        });
      case 'delete':
        return ask('DELETE', `${service}/${id}`, wrong || role === 'user' ? 'refused' : 'harmless', {
          headers: [['if-match', one.ifMatch]],
        });
      default: {
        const path = way === 'order' ? 'orders' : service;
        const expected = path === 'orders' && foreign ? 'refused' : 'harmless';
        return this.remembering(ask('POST', path, expected, { body }), tenant, path);
      }
    }
  }

  /** The same request with a token that is another deployment's. */
  private elsewhere(one: RandomRequest, tenant: TenantField, attempt: Attempt): Attempt {
    const other = pick(
      this.field.deployments.filter((each) => each !== tenant.deployment),
      one.choice,
    );
    const path = `${one.service}/${pick(tenant[one.service], one.row)}`;
    const run = () =>
      send({ method: 'GET', baseUrl: other.apiUrl, path, token: tenant[one.role as 'admin'].idToken });
    return { ...attempt, name: `${attempt.name} at ${other.deploymentId}`, expected: 'refused', run };
  }

  private sdk(one: RandomRequest, tenant: TenantField, owner: TenantField): Attempt {
    const { productTable, orderTable, region } = owner.deployment;
    const products = one.service === 'products';
    const table = products ? productTable : orderTable;
    const sort = products ? `PRODUCT#${owner.products[0]}` : `ORDER#${owner.orders[0]}`;
    const own: Operation[] = [
      ['GetItem', { TableName: table, Key: rowKey(tenant.tenantId, sort) }],
      ['BatchGetItem', { RequestItems: { [table]: { Keys: [rowKey(tenant.tenantId, sort)] } } }],
    ];
    const operations =
      owner === tenant ? own : foreignOperations(table, tenant.tenantId, owner.tenantId, sort);
    const operation = pick(operations, one.choice);
    const session = tenant.sessions[one.role as 'admin'];
    const who = `${tenant.tenantId}'s ${one.role} at ${owner.tenantId}`;
    const expected = owner === tenant ? 'served' : 'refused';
    return direct(
      this.field,
      who,
      tenant.tenantId,
      region,
      session,
      [operation],
      expected,
      KIND,
    )[0] as Attempt;
  }

  private ownRows(tenant: TenantField, service: 'products' | 'orders', reading: boolean): readonly string[] {
    const made = this.made.get(tenant)?.[service] ?? [];
    // What may be deleted on the way is not read as a control.
    return reading ? tenant[service].slice(0, 1) : made.length > 0 ? made : ['01JD000000000000000000000Z'];
  }

  private remembering(attempt: Attempt, tenant: TenantField, service: string): Attempt {
    const run = async () => {
      const answer = await attempt.run();
      const { productId, orderId } = (bodyOf(answer) ?? {}) as { productId?: string; orderId?: string };
      const made = this.made.get(tenant);
      if (answer.ok && service === 'products' && productId) made?.products.push(productId);
      if (answer.ok && service === 'orders' && orderId) made?.orders.push(orderId);
      return answer;
    };
    return { ...attempt, run };
  }
}

/** An encoder of paths takes no half characters; the edges of requests are attacked elsewhere with them. */
const wellFormed = (text: string) => Buffer.from(text, 'utf8').toString('utf8');

/** Only for the forgery by HMAC, whose key then is this one. */
const EMPTY_KEY = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
