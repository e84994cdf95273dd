import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { RowWork } from '../lifecycle/row-work';
import type { TenantDataRequest } from '../tenant-data/tenant-data-request';
import type { Slice } from '../tenant-data/work-time';

/** The function that moves rows, invoked directly. */
export class LambdaRowWork implements RowWork {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionArn: string,
  ) {}

  async slice(request: TenantDataRequest): Promise<Slice<unknown, unknown>> {
    const { FunctionError, Payload } = await this.client.send(
      new InvokeCommand({ FunctionName: this.functionArn, Payload: Buffer.from(JSON.stringify(request)) }),
    );
    const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
    if (FunctionError === undefined) return answer as Slice<unknown, unknown>;
    const { errorType, errorMessage } = (answer ?? {}) as { errorType?: string; errorMessage?: string };
    // By the name, which says whether another try may do; a function that was killed has none.
    throw Object.assign(new Error(errorMessage ?? FunctionError), { name: errorType ?? 'SliceFailedError' });
  }
}
