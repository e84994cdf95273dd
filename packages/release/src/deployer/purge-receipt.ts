import * as z from 'zod';
import type { Invocation } from '../registration/registration';
import { ReleaseEngineError } from '../release-error';

/** What the control plane's deployment function answers to `{ receipt: <tenantId> }`. */
const answerSchema = z.object({
  deploymentId: z.string(),
  /** @default the tenant's data has not been purged */
  receipt: z.object({ receiptId: z.string(), purgedAt: z.string() }).optional(),
});

/** What it answers to `{ retire: <deploymentId>, deletedAt }`. */
const retirementSchema = z.object({ deploymentId: z.string(), retired: z.boolean() });

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
  return answerSchema.parse(await answerTo({ receipt: tenantId }, invoke)).receipt !== undefined;
}

/**
 * Tells the control plane that a silo's stack is deleted: it lists the deployment no more.
 * @param deletedAt ISO 8601
 * @throws Error with what the function threw
 */
export async function retire(
  deploymentId: string,
  deletedAt: string,
  invoke: (payload: object) => Promise<Invocation>,
): Promise<void> {
  retirementSchema.parse(await answerTo({ retire: deploymentId, deletedAt }, invoke));
}

async function answerTo(payload: object, invoke: (payload: object) => Promise<Invocation>): Promise<unknown> {
  const answer = await invoke(payload);
  if (!answer.ok) throw Object.assign(new Error(answer.message), { name: answer.errorType });
  return answer.payload;
}

/** @throws NoPurgeReceiptError */
export async function requirePurgeReceipt(
  tenantId: string,
  invoke: (payload: object) => Promise<Invocation>,
): Promise<void> {
  if (!(await hasPurgeReceipt(tenantId, invoke))) throw new NoPurgeReceiptError(tenantId);
}
