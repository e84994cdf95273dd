import { ControlPlaneError } from '../control-plane-error';

/** Both ends do not hold the same rows, or an archive is not what it says. Another try gives the same. */
export class TenantDataMismatchError extends ControlPlaneError {
  readonly name = 'TenantDataMismatchError';
}

/** What was asked for is not safe, or not possible here. Another try gives the same. */
export class TenantDataRefusedError extends ControlPlaneError {
  readonly name = 'TenantDataRefusedError';
}

/** The state machine retries slices that fail by this name. */
export const TRANSIENT_TENANT_DATA_ERROR = 'TransientTenantDataError';

/** Another try may succeed. */
export class TransientTenantDataError extends ControlPlaneError {
  readonly name = TRANSIENT_TENANT_DATA_ERROR;
}
