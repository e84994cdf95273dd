import { FAILURE_TABLE, type FailureKind } from './failure-table';

/** An error of a service, or a reason that CloudFormation gives for a resource. */
export interface Failure {
  /** @default none: a resource's reason has no code */
  readonly code?: string;
  readonly message: string;
  /** HTTP status. @default none */
  readonly status?: number;
}

/** Whether trying again may help. */
export function failureKind({ code = '', message, status }: Failure): FailureKind {
  const rule = FAILURE_TABLE.find(
    (each) =>
      (each.code === undefined || each.code.test(code)) &&
      (each.message === undefined || each.message.test(message)),
  );
  if (rule) return rule.kind;
  return status !== undefined && (status >= 500 || status === 429) ? 'transient' : 'permanent';
}

/** What an SDK's client, or the network under it, has thrown. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { $metadata, code } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: unknown;
  };
  const status = $metadata?.httpStatusCode;
  return {
    code: typeof code === 'string' ? code : error.name,
    message: error.message,
    ...(status === undefined ? {} : { status }),
  };
}

/** `code: message`, as people read it. */
export function failureText({ code, message }: Failure): string {
  return code === undefined || code === 'Error' || message.startsWith(code) ? message : `${code}: ${message}`;
}
