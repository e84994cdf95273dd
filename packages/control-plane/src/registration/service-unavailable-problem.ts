import { ProblemError } from '@granary/api';

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
