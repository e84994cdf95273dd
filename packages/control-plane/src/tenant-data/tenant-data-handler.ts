import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { TenantDataRefusedError, TransientTenantDataError } from './tenant-data-error';
import { type TenantDataRequest, tenantDataRequestSchema } from './tenant-data-request';
import type { TenantDataService } from './tenant-data-service';
import { type Slice, untilDeadline, type WorkTime } from './work-time';

/** Errors of AWS that another slice may get past, by name. */
const PASSING =
  /Throttl|TooManyRequests|ProvisionedThroughput|RequestLimit|Timeout|ServiceUnavailable|InternalServer|InternalFailure|ExpiredToken|SlowDown|ECONN|AccessDenied/;

/** What the state machine calls: one slice of a request. */
export function tenantDataHandler(service: Pick<TenantDataService, 'run'>) {
  return async (payload: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const parsed = tenantDataRequestSchema.safeParse(payload);
    if (!parsed.success) throw new TenantDataRefusedError(`payload: ${faultsOf(parsed.error)}`);
    const time = timeOf(parsed.data, context);
    try {
      return (await service.run(parsed.data, time)) satisfies Slice<unknown, unknown>;
    } catch (error) {
      const { name, message, code } = error as Error & { readonly code?: string };
      // A role that was just made takes seconds to be known everywhere: access that was denied is asked for again.
      if (!PASSING.test(`${name} ${code ?? ''}`)) throw error;
      throw new TransientTenantDataError(`${parsed.data.action}: ${name}: ${message}`);
    }
  };
}

function timeOf(
  { seconds }: TenantDataRequest,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): WorkTime {
  const remaining = () => context.getRemainingTimeInMillis();
  if (seconds === undefined) return untilDeadline(remaining);
  const end = Date.now() + seconds * 1000;
  return untilDeadline(() => Math.min(remaining() - 60_000, end - Date.now()), 0);
}

function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}
