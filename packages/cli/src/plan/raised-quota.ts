import { QUOTAS, type QuotaId } from '@granary/manifest';
import { InvalidArgumentError } from 'commander';

export type RaisedQuotas = Readonly<Partial<Record<QuotaId, number>>>;

/** `stacks=4000`, given again for each. */
export function raisedQuota(text: string, others: RaisedQuotas = {}): RaisedQuotas {
  const [, id = '', limit = ''] = /^([a-z-]+)=(\d{1,9})$/.exec(text) ?? [];
  if (!Object.hasOwn(QUOTAS, id))
    throw new InvalidArgumentError(`write one as <quota>=<limit>, of ${raisable().join(', ')}`);
  if (!QUOTAS[id as QuotaId].raisable) throw new InvalidArgumentError(`AWS does not raise "${id}"`);
  return { ...others, [id]: Number(limit) };
}

function raisable(): readonly string[] {
  return Object.entries(QUOTAS).flatMap(([id, quota]) => (quota.raisable ? [id] : []));
}
