import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { TenantDataRefusedError, TransientTenantDataError } from './tenant-data-error';
import { tenantDataRequestSchema } from './tenant-data-request';
import type { TenantDataService } from './tenant-data-service';
import { type Slice, untilDeadline } from './work-time';

/** Errors of AWS that another slice may get past, by name. */
const PASSING =
  /Throttl|TooManyRequests|ProvisionedThroughput|RequestLimit|Timeout|ServiceUnavailable|InternalServer|InternalFailure|ExpiredToken|SlowDown|ECONN|AccessDenied/;

/** What the state machine calls: one slice of a request. */
export function tenantDataHandler(service: Pick<TenantDataService, 'run'>) {
  return async (payload: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const parsed = tenantDataRequestSchema.safeParse(payload);
    if (!parsed.success) throw new TenantDataRefusedError(`payload: ${faultsOf(parsed.error)}`);
    const time = untilDeadline(() => context.getRemainingTimeInMillis());
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

function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}
