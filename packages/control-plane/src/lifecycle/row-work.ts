import type { TenantDataRequest } from '../tenant-data/tenant-data-request';
import type { Slice } from '../tenant-data/work-time';
import type { StepContext, StepOutcome } from '../workflow/workflow';
import { portOf } from '../workflow/workflow-ports';

type Without<Request> = Request extends unknown
  ? Omit<Request, 'tenantId' | 'operationId' | 'cursor' | 'seconds'>
  : never;
/** What is asked of a tenant's rows, but for whose and by whom. */
export type RowRequest = Without<TenantDataRequest>;

/** Asks the function that moves rows for a slice. */
export interface RowWork {
  /** @throws Error by the name of what the function threw */
  slice(request: TenantDataRequest): Promise<Slice<unknown, unknown>>;
}

interface Part {
  readonly cursor?: unknown;
  readonly result?: unknown;
}

/** How long a slice may work, in seconds: the step's function has a minute. */
const SLICE_SECONDS = 25;

/**
 * Does one slice of what a step asks of the tenant's rows, one request after the other; what each came to is kept in
 * the operation, by its name.
 * @returns an outcome that asks to be taken again until all are done
 */
export async function workOnRows(
  { operation, tenant, ports }: StepContext<unknown>,
  requests: readonly (readonly [name: string, request: RowRequest])[],
): Promise<StepOutcome> {
  const known = partsOf(operation.facts);
  const next = requests.find(([name]) => known[name]?.result === undefined);
  if (!next) return {};
  const [name, request] = next;
  const cursor = known[name]?.cursor;
  const slice = await portOf(ports, 'rows').slice({
    ...request,
    tenantId: tenant.tenantId,
    operationId: operation.operationId,
    seconds: SLICE_SECONDS,
    ...(cursor === undefined ? {} : { cursor }),
  } as TenantDataRequest);
  const part: Part = slice.done ? { result: slice.result } : { cursor: slice.cursor };
  const facts = { rows: { ...known, [name]: part } };
  const last = slice.done && requests.at(-1) === next;
  return last ? { facts } : { facts, again: slice.done ? 0 : Math.ceil(slice.waitSeconds ?? 0) };
}

/** What a request came to, by its name. @returns undefined before it is done */
export function rowResult<Result>(
  facts: Readonly<Record<string, unknown>>,
  name: string,
): Result | undefined {
  return partsOf(facts)[name]?.result as Result | undefined;
}

function partsOf(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, Part>> {
  return (facts.rows ?? {}) as Record<string, Part>;
}
