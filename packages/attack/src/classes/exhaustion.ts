import type { Limits } from '@granary/api';
import { AttackError } from '../attack-error';
import type { Attempt } from '../attempt';
import { type Field, neighboursOf, type TenantField } from '../field/field';
import { send } from '../http';

const KIND = "one tenant's quota used up";
/** Few a day, none of them slowed down: what refuses is the quota. */
const LIMITS: Limits = { throttle: { burst: 100, rate: 100 }, quota: { requestsPerDay: 10 } };
/** How often each asks once the quota is used up. */
const ROUNDS = 10;

/** A tenant of a pool uses its day's requests up; its neighbour in the same pool and tier's plan is served on. */
export class Exhaustion {
  private readonly greedy: TenantField;
  private readonly neighbour: TenantField;

  constructor(private readonly field: Field) {
    const pair = field.tenants.flatMap((tenant) =>
      neighboursOf(field, tenant).map((neighbour) => ({ tenant, neighbour })),
    )[0];
    if (!pair) throw new AttackError('no two tenants share a pool');
    this.greedy = pair.tenant;
    this.neighbour = pair.neighbour;
  }

  /** To be made one at a time: who is refused depends on what was asked before. */
  async *attempts(): AsyncGenerator<Attempt> {
    await this.limit('PUT', LIMITS);
    try {
      for (let request = 0; request < LIMITS.quota.requestsPerDay; request += 1)
        yield this.request('within its quota', 'served', this.greedy);
      for (let round = 0; round < ROUNDS; round += 1) {
        yield this.request('beyond its quota', 'refused', this.greedy);
        yield this.request("beside a neighbour's used-up quota", 'served', this.neighbour);
      }
    } finally {
      await this.limit('DELETE');
    }
    yield this.request("back on its tier's limits", 'served', this.greedy);
  }

  private request(when: string, expected: Attempt['expected'], tenant: TenantField): Attempt {
    const { tenantId, deployment, admin } = tenant;
    return {
      kind: KIND,
      name: `${tenantId} ${when}`,
      expected,
      tenantId,
      run: () => send({ method: 'GET', baseUrl: deployment.apiUrl, path: 'products', token: admin.idToken }),
    };
  }

  /** Sets or removes the greedy tenant's own limits, as an operator. */
  private async limit(method: 'PUT' | 'DELETE', body?: Limits): Promise<void> {
    const { control, operator } = this.field;
    const path = `tenants/${this.greedy.tenantId}/quota`;
    const answer = await send({ method, baseUrl: control.apiUrl, path, token: operator.idToken, body });
    if (!answer.ok) throw new AttackError(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
}
