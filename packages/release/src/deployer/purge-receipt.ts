import * as z from 'zod';
import type { Invocation } from '../registration/registration';
import { ReleaseEngineError } from '../release-error';

/** What the control plane's deployment function answers to `{ receipt: <tenantId> }`. */
const answerSchema = z.object({
  deploymentId: z.string(),
  /** @default the tenant's data has not been purged */
  receipt: z.object({ receiptId: z.string(), purgedAt: z.string() }).optional(),
});

/** The tenant's data is still there: its stack stays. */
export class NoPurgeReceiptError extends ReleaseEngineError {
  readonly name = 'NoPurgeReceiptError';

  constructor(tenantId: string) {
    super(
      `the control plane holds no purge receipt of tenant "${tenantId}": its stack stays until the tenant has been offboarded and its data purged`,
    );
  }
}

/** Whether the control plane has seen the tenant's data gone. @throws Error with what the function threw */
export async function hasPurgeReceipt(
  tenantId: string,
  invoke: (payload: object) => Promise<Invocation>,
): Promise<boolean> {
  const answer = await invoke({ receipt: tenantId });
  if (!answer.ok) throw Object.assign(new Error(answer.message), { name: answer.errorType });
  return answerSchema.parse(answer.payload).receipt !== undefined;
}

/** @throws NoPurgeReceiptError */
export async function requirePurgeReceipt(
  tenantId: string,
  invoke: (payload: object) => Promise<Invocation>,
): Promise<void> {
  if (!(await hasPurgeReceipt(tenantId, invoke))) throw new NoPurgeReceiptError(tenantId);
}
