import type { Problem, Violation } from '@granary/api';

/** What an error of a call knows besides its words. */
export interface ApiErrorOptions extends ErrorOptions {
  /** The answer's problem document. @default it was none */
  readonly problem?: Problem;
  /** Seconds that the API asked to wait. @default it did not say */
  readonly retryAfter?: number | undefined;
}

/** Root of what a call throws. */
export class ApiError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
  readonly problem?: Problem;
  readonly retryAfter?: number;

  constructor(
    readonly operation: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    what: string,
    { problem, retryAfter, ...options }: ApiErrorOptions = {},
  ) {
    super(`${operation}: ${what}`, options);
    if (problem) this.problem = problem;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }

  /** What is wrong with the request, one by one. */
  get violations(): readonly Violation[] {
    return this.problem?.violations ?? [];
  }
}

/** No answer came: no connection, the time was over, or the caller gave up. */
export class NoAnswerError extends ApiError {}
/** An answer that its route does not allow. */
export class UnexpectedAnswerError extends ApiError {}
export class InvalidRequestError extends ApiError {}
export class UnauthenticatedError extends ApiError {}
export class ForbiddenError extends ApiError {}
export class NotFoundError extends ApiError {}
export class ConflictError extends ApiError {}
export class VersionMismatchError extends ApiError {}
export class BodyTooLargeError extends ApiError {}
export class VersionRequiredError extends ApiError {}
export class TooManyRequestsError extends ApiError {}
export class UnavailableError extends ApiError {}
export class ServerError extends ApiError {}

const BY_STATUS: Readonly<Record<number, typeof ApiError>> = {
  400: InvalidRequestError,
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  412: VersionMismatchError,
  413: BodyTooLargeError,
  428: VersionRequiredError,
  429: TooManyRequestsError,
  503: UnavailableError,
};

/** The class of an error answer. */
export function errorClass(status: number): typeof ApiError {
  return BY_STATUS[status] ?? (status >= 500 ? ServerError : UnexpectedAnswerError);
}
