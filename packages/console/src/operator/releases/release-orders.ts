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

/** What a rollback is proposed to bring back, and where to. */
export interface RollbackProposal {
  readonly target: 'wave' | 'all';
  /** The wave. @default all deployments */
  readonly id?: string;
  /** @default what each had before */
  readonly to?: string;
}

/**
 * After a halt, whatever still has the release goes where the halted wave went by itself: without naming that, what is
 * back already would go back further.
 */
export function rollbackProposal({ halt }: Pick<Release, 'halt'>): RollbackProposal {
  if (!halt) return { target: 'all' };
  const [to, ...others] = new Set(halt.rolledBack.flatMap((each) => each.to ?? []));
  return to !== undefined && others.length === 0 ? { target: 'all', to } : { target: 'wave', id: halt.wave };
}
