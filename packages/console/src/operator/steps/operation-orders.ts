import type { Operation } from '@granary/api';

export type OperationOrder = 'retry' | 'cancel' | 'confirm';

const GONE_WITH_TIME: ReadonlySet<Operation['kind']> = new Set(['move', 'offboarding']);

/** What makes sense for an operation as it is. */
export function operationOrders({
  kind,
  status,
}: Pick<Operation, 'kind' | 'status'>): readonly OperationOrder[] {
  if (status === 'failed') return ['retry', 'cancel'];
  if (!GONE_WITH_TIME.has(kind)) return [];
  if (status === 'waiting') return ['confirm', 'cancel'];
  return status === 'running' || status === 'pending' ? ['cancel'] : [];
}

/** Whether a later look may find something else. */
export function isUnderWay(status: string): boolean {
  return ['pending', 'running', 'waiting', 'compensating'].includes(status);
}

/** The step that an operation is at: the one that failed, runs or waits. */
export function currentStep({ steps }: Pick<Operation, 'steps'>): string | undefined {
  return steps.find(({ status }) => status === 'failed' || status === 'running' || status === 'waiting')
    ?.step;
}
