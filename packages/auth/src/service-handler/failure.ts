import {
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

/** The answer to whatever an operation threw. An unknown error becomes an InternalProblem that carries it as its cause. */
export function toProblem(error: unknown, plane: Route['plane']): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AuthorizerContextError || error instanceof InvalidTokenError)
    return new UnauthenticatedProblem('sign in and try again');
  const { name, CancellationReasons: reasons } = (error ?? {}) as {
    readonly name?: unknown;
    readonly CancellationReasons?: readonly { readonly Code?: string }[];
  };
  const names = [String(name), ...(Array.isArray(reasons) ? reasons.map(({ Code }) => String(Code)) : [])];
  if (names.some((each) => THROTTLED.has(each)))
    return new StoreBusyProblem('the store is busy with your requests; try again shortly');
  // On the application plane the credentials are the caller's own. On the control plane they are ours, and a
  // refusal is our fault.
  if (plane === 'application' && names.includes('AccessDeniedException'))
    return new ForbiddenProblem('your role does not permit this');
  return new InternalProblem({ cause: error });
}
