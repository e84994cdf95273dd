import type { Release } from '@granary/api';

export type ReleaseOrder = 'halt' | 'resume' | 'abandon' | 'roll-back';

/** What makes sense for a release as it is. */
export function releaseOrders({
  status,
  haltOrdered,

  kind,
}: Pick<Release, 'status' | 'haltOrdered' | 'kind'>): readonly ReleaseOrder[] {
  if (status === 'running') return haltOrdered ? ['abandon'] : ['halt', 'abandon'];
  if (status === 'halted') return ['resume', 'abandon', 'roll-back'];
  return status === 'succeeded' && kind === 'release' ? ['roll-back'] : [];
}
