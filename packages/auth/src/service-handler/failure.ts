import {
  ContentionProblem,
  ForbiddenProblem,
  InternalProblem,
  ProblemError,
  type Route,
  TooManyRequestsProblem,
  UnauthenticatedProblem,
} from '@granary/api';
import { AuthorizerContextError, InvalidTokenError } from '../errors';

/** The store turned a request away for its rate. */
export class StoreBusyProblem extends TooManyRequestsProblem {
  override readonly headers = { 'Retry-After': '1' };
}

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ThrottlingError',
  'TooManyRequestsException',
]);

/** A write met a transaction of somebody else's. */
const CONTENDED = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** A tenant's rows are being moved: its sessions may read them, and write none. */
export class TenantFrozenProblem extends ProblemError {
  readonly status = 503;
  readonly title = 'Writes are paused';
  readonly slug = 'writes-paused';
  override readonly headers = { 'Retry-After': '15' };
}

/** How IAM words a deny; among the policies of a tenant's session, that of a freeze is the only one that denies. */
const DENIED_BY_FREEZE = /explicit deny in an identity-based policy/;

/** The answer to whatever an operation threw. An unknown error becomes an InternalProblem that carries it as its cause. */
export function toProblem(error: unknown, plane: Route['plane']): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthorizerContextError || error instanceof InvalidTokenError)
    return new UnauthenticatedProblem('sign in and try again');
  const {
    name,
    message,
    CancellationReasons: reasons,
  } = (error ?? {}) as {
    readonly name?: unknown;
    readonly message?: unknown;
    readonly CancellationReasons?: readonly { readonly Code?: string }[];
  };
  const names = [String(name), ...(Array.isArray(reasons) ? reasons.map(({ Code }) => String(Code)) : [])];
  if (names.some((each) => THROTTLED.has(each)))
    return new StoreBusyProblem('the store is busy with your requests; try again shortly');
  if (names.some((each) => CONTENDED.has(each))) return new ContentionProblem(undefined, { cause: error });
  // On the application plane the credentials are the caller's own. On the control plane they are ours, and a
  // refusal is our fault.
  if (plane === 'application' && names.includes('AccessDeniedException'))
    return DENIED_BY_FREEZE.test(String(message))
      ? new TenantFrozenProblem('your data is being moved and can only be read meanwhile; try again shortly')
      : new ForbiddenProblem('your role does not permit this');
  return new InternalProblem({ cause: error });
}
