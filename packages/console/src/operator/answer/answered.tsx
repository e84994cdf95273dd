import SpaceBetween from '@cloudscape-design/components/space-between';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem/problem-alert';
import { Loading } from '../../shell/loading';

export interface AnsweredProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What was answered; until then that it is on its way, or why it did not come. What is there stays beside an error. */
export function Answered<T>({ query, children }: AnsweredProps<T>) {
  const { data, error, isPending } = query;
  return (
    <SpaceBetween size="l">
      {error && <ProblemAlert error={error} onRetry={() => void query.refetch()} />}
      {data !== undefined ? children(data) : isPending && <Loading />}
    </SpaceBetween>
  );
}
