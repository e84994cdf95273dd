import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Invocation } from './registration';

const thrown = z.object({
  errorType: z.string().default('Error'),
  errorMessage: z.string().default('no message'),
});

/** Calls a function by its ARN and waits for its answer. */
export function lambdaInvoke(client: LambdaClient, functionArn: string) {
  return async (payload: object): Promise<Invocation> => {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(payload)) }),
    );
    const body: unknown = answer.Payload?.length
      ? JSON.parse(Buffer.from(answer.Payload).toString())
      : undefined;
    if (answer.FunctionError === undefined) return { ok: true, payload: body };
    const { errorType, errorMessage } = thrown.parse(body ?? {});
    return { ok: false, errorType, message: errorMessage };
  };
}

/** The region in a function's ARN. */
export function regionOf(functionArn: string): string {
  return functionArn.split(':')[3] ?? '';
}
