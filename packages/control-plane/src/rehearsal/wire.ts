/** What AWS answers, in tests: JSON, or an error by its name. */
export type WireAnswer = { readonly body: object } | { readonly error: string; readonly status?: number };

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What a client sent. */
export interface Sent {
  /** Method and path, or the operation of a service that names it in a header. */
  readonly operation: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * The far end of an SDK client, for tests: the client's own serialisation, signing and errors run, and no
 * network. Answers come in turn.
 */
export function wire(...answers: WireAnswer[]) {
  const sent: Sent[] = [];
  const requestHandler = {
    handle: async ({ method, path, headers, query = {}, body }: WireRequest) => {
      const operation = headers['x-amz-target']?.split('.').at(-1) ?? `${method} ${path}`;
      sent.push({ operation, query, body: body ? JSON.parse(textOf(body)) : undefined });
      const answer = answers.shift();
      if (!answer) throw new Error(`nobody answers ${operation}`);
      const failed = 'error' in answer;
      return {
        response: {
          statusCode: failed ? (answer.status ?? 400) : 200,
          headers: {
            'content-type': 'application/json',
            ...(failed ? { 'x-amzn-errortype': answer.error } : {}),
          },
          body: Buffer.from(JSON.stringify(failed ? { __type: answer.error, message: 'no' } : answer.body)),
        },
      };
    },
  };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    sent,
    settings: { region: 'us-east-1', credentials, maxAttempts: 1, requestHandler: requestHandler as never },
  };
}

function textOf(body: unknown): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
}
