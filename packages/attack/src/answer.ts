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

/** The answer of an SDK call: its output, or its error with the service's status. */
export async function sdkAnswer(place: Place, call: Promise<unknown>): Promise<Answer> {
  try {
    return { ok: true, status: 200, place, text: JSON.stringify(await call, plain) ?? '' };
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    // An error without a status never reached the service: the SDK refused the input or the line broke.
    return { ok: false, status: $metadata?.httpStatusCode ?? 0, place, text: `${name}: ${message}` };
  }
}

/** Binary parts as text, so that they are searched as well. */
function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}
