import { setTimeout as pause } from 'node:timers/promises';
import { ApiError, type ControlClient } from '@granary/client';
import { BenchError } from './bench-error';

/** For each registration under way: what asks must not be what is measured. */
const POLL_MS = 25;
/** Of one registration, from its request. */
const ACTIVE_MS = 120_000;

/** A registration that came to an end. */
export interface Registered {
  readonly tenantId: string;
  /** What the record says: `succeeded`, or why not. */
  readonly outcome: string;
  /** From the request to the record's last change, milliseconds: both by this machine's clock. */
  readonly milliseconds: number;
  /** Requests for it that had no good answer, and were sent again. */
  readonly repeats: number;
}

export interface RegistrationRunOptions {
  /** As an operator: sign-ups of anybody are limited to a few a second. */
  readonly operator: ControlClient;
  readonly tier: string;
  /** The tenants' ids, each once. */
  readonly tenantIds: readonly string[];
  /** Registrations under way at the same moment. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** Registers tenants, so many at a time, and follows each to its end. */
export async function registerAll(options: RegistrationRunOptions): Promise<readonly Registered[]> {
  const left = [...options.tenantIds];
  const ended: Registered[] = [];
  const worker = async () => {
    for (let tenantId = left.shift(); tenantId !== undefined; tenantId = left.shift())
      ended.push(await registerOne(tenantId, options));
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return ended;
}

/** @throws BenchError when it comes to no end */
async function registerOne(tenantId: string, options: RegistrationRunOptions): Promise<Registered> {
  const { operator, tier, concurrency, signal } = options;
  const began = Date.now();
  const adminEmail = `admin@${tenantId}.example.com`;
  const body = { tenantId, name: tenantId, tier, adminEmail };
  let repeats = 0;
  /** Every request may be sent again: that is how a sign-up whose answer was lost goes on. */
  const asked = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    for (;;)
      try {
        return await ask();
      } catch (error) {
        if (!lost(error) || Date.now() - began > ACTIVE_MS) throw error;
        repeats += 1;
        signal.throwIfAborted();
      }
  };
  const { registrationId } = await asked(() => operator.createTenant({ body }));
  while (Date.now() - began < ACTIVE_MS) {
    const { status, steps, updatedAt } = await asked(() =>
      operator.getRegistration({ params: { registrationId } }),
    );
    const milliseconds = Date.parse(updatedAt) - began;
    if (status === 'succeeded') return { tenantId, outcome: status, milliseconds, repeats };
    const failed = steps.find(({ reason }) => reason !== undefined);
    if (status === 'failed' || status === 'compensated')
      return { tenantId, outcome: `${status}: ${failed?.step}: ${failed?.reason}`, milliseconds, repeats };
    await pause(POLL_MS * concurrency);
    signal.throwIfAborted();
  }
  throw new BenchError(`the registration of "${tenantId}" came to no end in ${ACTIVE_MS / 1000} s`);
}

/** No answer came, or none of the service's own. */
function lost(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
