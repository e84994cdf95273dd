/** Who refused. */
export type Place = 'gateway' | 'authorizer' | 'handler' | 'IAM' | 'STS' | 'user pool' | 'other';

/** What came back from one attempt, whatever was asked. */
export interface Answer {
  /** Whether the caller got what was asked for. */
  readonly ok: boolean;
  /** HTTP status; of an SDK call the service's. */
  readonly status: number;
  /** Who answered, if it was a refusal. */
  readonly place: Place;
  /** All that the caller could read: headers and body, or the SDK's output or error. */
  readonly text: string;
}

/** How services say that the caller may not; any other error of IAM's or STS's came after the permission. */
const REFUSALS =
  /^(AccessDenied|NotAuthorized|Unauthorized|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|ExpiredToken|MissingAuthenticationToken)/;

/**
 * The answer of an SDK call: its output, or its error with the service's status. An error other than a refusal (a
 * condition that failed, a row that is not there) shows that the caller was let in.
 */
export async function sdkAnswer(place: Place, call: Promise<unknown>): Promise<Answer> {
  try {
    return { ok: true, status: 200, place, text: JSON.stringify(await call, plain) ?? '' };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    // An error without a status never reached the service: the SDK refused the input or the line broke.
    const letIn = (place === 'IAM' || place === 'STS') && !REFUSALS.test(name);
    return { ok: letIn, status: $metadata?.httpStatusCode ?? 0, place, text: `${name}: ${message}` };
  }
}

/** Binary parts as text, so that they are searched as well. */
function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}
