import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  ConflictProblem,
  InvalidRequestProblem,
  NotFoundProblem,
  ServiceUnavailableProblem,
} from '@granary/api';
import * as z from 'zod';
import { ControlPlaneError } from '../control-plane-error';

/** The release engine's control function: a question or an order in, its answer out. */
export interface ReleaseEngine {
  /** @throws NotFoundProblem, ConflictProblem, InvalidRequestProblem, ServiceUnavailableProblem, ReleaseEngineError */
  ask(command: { readonly command: string } & Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** The control function failed, or answered what nobody understands; its own log says why. */
export class ReleaseEngineError extends ControlPlaneError {
  readonly name = 'ReleaseEngineError';

  constructor(command: string, reason: string, options?: ErrorOptions) {
    super(`release engine, command "${command}": ${reason}; see the log of its control function`, options);
  }
}

const thrown = z.object({
  errorType: z.string().default('Error'),
  errorMessage: z.string().default('no message'),
});

/** What the SDK throws when nobody could be reached, or not now: the same request may succeed later. */
const LATER: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'ServiceException',
  'EC2ThrottledException',
  'TimeoutError',
]);

/** The control function, in the account of the pipeline. */
export class LambdaReleaseEngine implements ReleaseEngine {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionArn: string,
  ) {}

  async ask(command: { readonly command: string } & Readonly<Record<string, unknown>>): Promise<unknown> {
    const answer = await this.client
      .send(
        new InvokeCommand({ FunctionName: this.functionArn, Payload: Buffer.from(JSON.stringify(command)) }),
      )
      .catch((cause: Error) => {
        if (LATER.has(cause.name))
          throw new ServiceUnavailableProblem('the release engine is busy', { cause, retryAfter: 5 });
        throw cause;
      });
    const body: unknown = answer.Payload?.length
      ? JSON.parse(Buffer.from(answer.Payload).toString('utf8'))
      : undefined;
    if (answer.FunctionError === undefined) return body;
    throw problemOf(command.command, thrown.parse(body ?? {}));
  }
}

/** The engine's own refusals, by their names, are the caller's to understand; all else is a fault of ours. */
function problemOf(command: string, { errorType, errorMessage }: z.output<typeof thrown>): Error {
  switch (errorType) {
    case 'UnknownReleaseError':
      return new NotFoundProblem(errorMessage);
    case 'ReleaseStateError':
      return new ConflictProblem(errorMessage);
    case 'WriteRefusedError':
      return new ConflictProblem('somebody else changed the release meanwhile; read it, and try again');
    case 'ReleaseInputError':
      return new InvalidRequestProblem([{ in: 'body', pointer: '', message: errorMessage }]);
    default:
      return new ReleaseEngineError(command, `${errorType}: ${errorMessage}`);
  }
}
