import * as z from 'zod';

/** One thing that is wrong with a request. */
export const violationSchema = z.object({
  in: z.enum(['body', 'query', 'path', 'header']),
  /** JSON pointer into the body, or the parameter's name. */
  pointer: z.string(),
  message: z.string(),
});
export type Violation = z.infer<typeof violationSchema>;

/** `application/problem+json` (RFC 9457), the body of every error. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** The request's id, for support. */
  instance: z.string().optional(),
  violations: z.array(violationSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The root of the error tree of both planes: an error that knows its HTTP answer. */
export abstract class ProblemError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  /** The last part of the problem's type, and the name of its documentation. */
  abstract readonly slug: string;
  readonly violations?: readonly Violation[];
  /** Headers that the answer needs besides its body. @default none */
  readonly headers?: Readonly<Record<string, string>>;

  override get name(): string {
    return this.constructor.name;
  }

  /** The body of the answer. `instance` is the request's id. */
  toProblem(instance?: string): Problem {
    return {
      type: `urn:granary:problem:${this.slug}`,
      title: this.title,
      status: this.status,
      detail: this.message,
      ...(instance ? { instance } : {}),
      ...(this.violations ? { violations: [...this.violations] } : {}),
    };
  }
}

export class InvalidRequestProblem extends ProblemError {
  readonly status = 400;
  readonly title = 'Invalid request';
  readonly slug = 'invalid-request';
  override readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ in: where, pointer, message }) => `${where} ${pointer}: ${message}`).join('; '));
    this.violations = violations;
  }
}

export class UnauthenticatedProblem extends ProblemError {
  readonly status = 401;
  readonly title = 'Not signed in';
  readonly slug = 'unauthenticated';
}

export class ForbiddenProblem extends ProblemError {
  readonly status = 403;
  readonly title = 'Not allowed';
  readonly slug = 'forbidden';
}

export class NotFoundProblem extends ProblemError {
  readonly status = 404;
  readonly title = 'Not found';
  readonly slug = 'not-found';
}

export class ConflictProblem extends ProblemError {
  readonly status = 409;
  readonly title = 'Conflict';
  readonly slug = 'conflict';
}

export class VersionMismatchProblem extends ProblemError {
  readonly status = 412;
  readonly title = 'Changed by someone else';
  readonly slug = 'version-mismatch';
}

export class BodyTooLargeProblem extends ProblemError {
  readonly status = 413;
  readonly title = 'Request body too large';
  readonly slug = 'body-too-large';
}

export class VersionRequiredProblem extends ProblemError {
  readonly status = 428;
  readonly title = 'If-Match is missing';
  readonly slug = 'version-required';
}

export class TooManyRequestsProblem extends ProblemError {
  readonly status = 429;
  readonly title = 'Too many requests';
  readonly slug = 'too-many-requests';
}

/** We cannot take the request now; the same request may succeed later. */
export class ServiceUnavailableProblem extends ProblemError {
  readonly status = 503;
  readonly title = 'Not available now';
  readonly slug = 'service-unavailable';
  override readonly headers: Readonly<Record<string, string>>;

  /** `retryAfter` in seconds. */
  constructor(detail: string, options: ErrorOptions & { readonly retryAfter: number }) {
    super(detail, options);
    this.headers = { 'Retry-After': String(options.retryAfter) };
  }
}

/** Too many others write the same at this moment, and nothing was written: the same request may succeed later. */
export class ContentionProblem extends ServiceUnavailableProblem {
  constructor(
    detail = 'others are writing the same at this moment; send the request again',
    options: ErrorOptions = {},
  ) {
    super(detail, { ...options, retryAfter: 1 });
  }
}

/** A fault of ours. Its message reaches the log, never the caller. */
export class InternalProblem extends ProblemError {
  readonly status = 500;
  readonly title = 'Internal error';
  readonly slug = 'internal-error';

  constructor(options?: ErrorOptions) {
    super('something went wrong on our side; the request id helps us to find it', options);
  }
}
