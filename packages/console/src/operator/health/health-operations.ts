import { CONTROL_ROUTES, type ControlRoute } from '@granary/api';
import type { ControlClient } from '@granary/client';
import type { ControlOperation } from '../access/may-call';

/** The operations by which each service says that it runs, from the route table: a new service is here by itself. */
export const HEALTH_OPERATIONS: readonly {
  readonly service: string;
  readonly operation: ControlOperation;
}[] = (CONTROL_ROUTES as readonly ControlRoute[])
  .filter(({ path }) => path.startsWith('/health/'))
  .map(({ service, operation }) => ({ service, operation }));

export interface ServiceHealth {
  readonly service: string;
  readonly state: 'ok' | 'failed';
  /** Milliseconds until it answered. */
  readonly milliseconds: number;
}

/** Asks every service how it is. One that does not answer is told as failed. */
export function askHealth(
  control: ControlClient,
  signal: AbortSignal,
  now: () => number,
): Promise<readonly ServiceHealth[]> {
  return Promise.all(
    HEALTH_OPERATIONS.map(async ({ service, operation }): Promise<ServiceHealth> => {
      const began = now();
      const ask = control[operation] as (input: object, options: object) => Promise<unknown>;
      const state = await ask({}, { signal }).then(
        () => 'ok' as const,
        () => 'failed' as const,
      );
      return { service, state, milliseconds: Math.round(now() - began) };
    }),
  );
}
